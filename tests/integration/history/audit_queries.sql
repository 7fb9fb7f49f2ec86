-- View all AI actions for an event
SELECT
  ail.id,
  ail.action_type,
  ail.execution_status,
  ail.suggested_at,
  ail.approved_at,
  ail.executed_at,
  u1.full_name AS suggested_by,
  u2.full_name AS approved_by,
  ail.action_data->>'schedule_id' AS affected_schedule,
  ail.execution_error
FROM ai_insights_log ail
LEFT JOIN user_profiles u1 ON ail.user_id = u1.id
LEFT JOIN user_profiles u2 ON ail.approved_by = u2.id
WHERE ail.event_id = '...'
ORDER BY ail.suggested_at DESC;

-- Find rejected AI suggestions (to improve AI)
SELECT
  action_type,
  COUNT(*) AS rejection_count,
  COUNT(*) FILTER (WHERE action_data->'conflicts' IS NOT NULL) AS had_conflicts
FROM ai_insights_log
WHERE execution_status = 'rejected'
  AND suggested_at > NOW() - INTERVAL '30 days'
GROUP BY action_type
ORDER BY rejection_count DESC;

-- VIP impact analysis
SELECT
  ail.action_type,
  ail.execution_status,
  (ail.action_data->>'vip_affected')::boolean AS vip_affected,
  COUNT(*) AS action_count
FROM ai_insights_log ail
WHERE ail.event_id = '...'
GROUP BY 1, 2, 3
ORDER BY action_count DESC;
