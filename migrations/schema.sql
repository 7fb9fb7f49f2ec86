-- The schema as it is today, to be read. Written by `make schema` from a migrated database; nothing runs this file.
-- The bodies of functions stand in functions/. Every table has row-level security forced, and the policy
-- `owner_backs_up`, by which its owner reads it for a backup (apply.py); the queue's schema is the library's.

-- app.ai_insights_heads
CREATE TABLE app.ai_insights_heads (
    organization_id uuid NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    hash text DEFAULT repeat('0'::text, 64) NOT NULL,
    is_adding boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    posted_position bigint DEFAULT 0 NOT NULL,
    posted_at timestamp with time zone
);
ALTER TABLE ONLY app.ai_insights_heads FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY app.ai_insights_heads ADD CONSTRAINT ai_insights_heads_pkey PRIMARY KEY (organization_id);
ALTER TABLE ONLY app.ai_insights_heads ADD CONSTRAINT ai_insights_heads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);
CREATE CONSTRAINT TRIGGER settle_head AFTER UPDATE ON app.ai_insights_heads DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.is_adding) EXECUTE FUNCTION app.settle_head();
ALTER TABLE app.ai_insights_heads ENABLE ROW LEVEL SECURITY;
CREATE POLICY chain_heads ON app.ai_insights_heads TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY operator_reads ON app.ai_insights_heads FOR SELECT TO eventflow_operator USING (true);
GRANT SELECT ON TABLE app.ai_insights_heads TO eventflow_operator;

-- app.migrations
CREATE TABLE app.migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY app.migrations FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE app.migrations IS 'local table: the ledger';
ALTER TABLE ONLY app.migrations ADD CONSTRAINT migrations_pkey PRIMARY KEY (name);
ALTER TABLE app.migrations ENABLE ROW LEVEL SECURITY;
CREATE POLICY ledger ON app.migrations TO CURRENT_USER USING (true) WITH CHECK (true);

-- public.acknowledgements
CREATE TABLE public.acknowledgements (
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    suggestion_id uuid NOT NULL,
    user_id uuid NOT NULL,
    shown_hash text NOT NULL,
    acknowledged_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone
);
ALTER TABLE ONLY public.acknowledgements FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.acknowledgements ADD CONSTRAINT acknowledgements_pkey PRIMARY KEY (organization_id, suggestion_id, user_id);
ALTER TABLE ONLY public.acknowledgements ADD CONSTRAINT acknowledgements_organization_id_suggestion_id_fkey FOREIGN KEY (organization_id, suggestion_id) REFERENCES public.ai_insights_log(organization_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.acknowledgements ADD CONSTRAINT acknowledgements_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX acknowledgements_by_user_id ON public.acknowledgements USING btree (organization_id, user_id);
ALTER TABLE public.acknowledgements ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_delete ON public.acknowledgements FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY own_insert ON public.acknowledgements FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY own_read ON public.acknowledgements FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY own_update ON public.acknowledgements FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY owner_clears ON public.acknowledgements TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_reads ON public.acknowledgements FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.acknowledgements TO authenticated;
GRANT SELECT ON TABLE public.acknowledgements TO eventflow_system;
GRANT UPDATE(acknowledged_at) ON TABLE public.acknowledgements TO authenticated;
GRANT UPDATE(shown_hash) ON TABLE public.acknowledgements TO authenticated;
GRANT UPDATE(withdrawn_at) ON TABLE public.acknowledgements TO authenticated;

-- public.ai_actions_of_event
CREATE VIEW public.ai_actions_of_event WITH (security_invoker='true') AS
 SELECT organization_id,
    event_id,
    ( SELECT event.name
           FROM public.events event
          WHERE ((event.organization_id = entry.organization_id) AND (event.id = entry.event_id))) AS event,
    id AS entry_id,
    created_at,
    kind,
    action_type,
    app.entry_title(before_state, action_data) AS title,
    risk,
    is_blocked,
    execution_status,
    execution_error,
    user_id AS asked_by,
    ( SELECT person.full_name
           FROM public.user_profiles person
          WHERE ((person.organization_id = entry.organization_id) AND (person.id = entry.user_id))) AS asked_by_name,
    (origin ->> 'platform'::text) AS asked_on,
    decided_by,
    ( SELECT person.full_name
           FROM public.user_profiles person
          WHERE ((person.organization_id = entry.organization_id) AND (person.id = entry.decided_by))) AS decided_by_name,
    (decided_from ->> 'platform'::text) AS decided_on,
    decided_at,
    executed_at
   FROM public.ai_insights_log entry
  WHERE (event_id IS NOT NULL);
GRANT SELECT ON TABLE public.ai_actions_of_event TO authenticated;
GRANT SELECT ON TABLE public.ai_actions_of_event TO eventflow_operator;

-- public.ai_conflict_catches
CREATE VIEW public.ai_conflict_catches WITH (security_invoker='true') AS
 SELECT organization_id,
    event_id,
    action_type,
        CASE
            WHEN is_blocked THEN 'blocked'::text
            WHEN (conflicts <> '[]'::jsonb) THEN 'warned'::text
            ELSE 'clear'::text
        END AS caught,
    count(*) AS suggestions,
    count(*) FILTER (WHERE (execution_status = 'executed'::text)) AS executed,
    count(*) FILTER (WHERE (execution_status = 'rejected'::text)) AS rejected,
    count(*) FILTER (WHERE (execution_status = 'superseded'::text)) AS superseded,
    count(*) FILTER (WHERE (execution_status = 'expired'::text)) AS expired,
    count(*) FILTER (WHERE (execution_status = 'failed'::text)) AS failed,
    count(*) FILTER (WHERE (execution_status = ANY (ARRAY['suggested'::text, 'approved'::text]))) AS waiting
   FROM public.ai_insights_log entry
  WHERE (kind = 'suggestion'::text)
  GROUP BY organization_id, event_id, action_type,
        CASE
            WHEN is_blocked THEN 'blocked'::text
            WHEN (conflicts <> '[]'::jsonb) THEN 'warned'::text
            ELSE 'clear'::text
        END;
GRANT SELECT ON TABLE public.ai_conflict_catches TO authenticated;
GRANT SELECT ON TABLE public.ai_conflict_catches TO eventflow_operator;

-- public.ai_decisions
CREATE VIEW public.ai_decisions WITH (security_invoker='true') AS
 SELECT organization_id,
    event_id,
    ( SELECT event.name
           FROM public.events event
          WHERE ((event.organization_id = entry.organization_id) AND (event.id = entry.event_id))) AS event,
    id AS suggestion_id,
    action_type,
    app.entry_title(before_state, action_data) AS title,
    risk,
    is_blocked,
    shown_hash,
    suggested_at,
    user_id AS asked_by,
    ( SELECT person.full_name
           FROM public.user_profiles person
          WHERE ((person.organization_id = entry.organization_id) AND (person.id = entry.user_id))) AS asked_by_name,
    (origin ->> 'platform'::text) AS asked_on,
    (origin ->> 'channel'::text) AS asked_in,
    app.shown_in(organization_id, id) AS shown_in,
    execution_status AS decision,
    decided_by,
    ( SELECT person.full_name
           FROM public.user_profiles person
          WHERE ((person.organization_id = entry.organization_id) AND (person.id = entry.decided_by))) AS decided_by_name,
    (decided_from ->> 'platform'::text) AS decided_on,
    (decided_from ->> 'channel'::text) AS decided_in,
    (decided_from ->> 'reason'::text) AS reason,
    decided_at,
    (decided_at - suggested_at) AS took,
    COALESCE(decided_at, deadline) AS ended_at,
    execution_error,
    superseded_by
   FROM public.ai_insights_log entry
  WHERE ((kind = 'suggestion'::text) AND (execution_status <> 'suggested'::text));
GRANT SELECT ON TABLE public.ai_decisions TO authenticated;
GRANT SELECT ON TABLE public.ai_decisions TO eventflow_operator;

-- public.ai_edited_approvals
CREATE VIEW public.ai_edited_approvals WITH (security_invoker='true') AS
 SELECT organization_id,
    event_id,
    action_type,
    count(*) AS approved,
    count(*) FILTER (WHERE (edited_from IS NOT NULL)) AS edited,
    max(decided_at) FILTER (WHERE (edited_from IS NOT NULL)) AS last_at
   FROM public.ai_insights_log entry
  WHERE ((kind = 'suggestion'::text) AND (execution_status = ANY (ARRAY['approved'::text, 'executed'::text])))
  GROUP BY organization_id, event_id, action_type;
GRANT SELECT ON TABLE public.ai_edited_approvals TO authenticated;
GRANT SELECT ON TABLE public.ai_edited_approvals TO eventflow_operator;

-- public.ai_insights_history
CREATE TABLE public.ai_insights_history (
    organization_id uuid NOT NULL,
    "position" bigint NOT NULL,
    entry_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor uuid,
    from_status text,
    to_status text NOT NULL,
    what jsonb NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT ai_insights_history_position_check CHECK (("position" > 0))
);
ALTER TABLE ONLY public.ai_insights_history FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.ai_insights_history ADD CONSTRAINT ai_insights_history_pkey PRIMARY KEY (organization_id, "position");
CREATE INDEX ai_insights_history_of_entry ON public.ai_insights_history USING btree (organization_id, entry_id, "position");
ALTER TABLE public.ai_insights_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY chain_inserts ON public.ai_insights_history FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY chain_reads ON public.ai_insights_history FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY members_read ON public.ai_insights_history FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) <> 'viewer'::text)));
CREATE POLICY operator_reads ON public.ai_insights_history FOR SELECT TO eventflow_operator USING (true);
GRANT SELECT ON TABLE public.ai_insights_history TO eventflow_operator;
GRANT SELECT ON TABLE public.ai_insights_history TO authenticated;

-- public.ai_insights_log
CREATE TABLE public.ai_insights_log (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    kind text NOT NULL,
    user_id uuid NOT NULL,
    event_id uuid,
    action_type text NOT NULL,
    action_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    suggested_at timestamp with time zone DEFAULT now() NOT NULL,
    approved_at timestamp with time zone,
    approved_by uuid,
    decided_at timestamp with time zone,
    decided_by uuid,
    decided_from jsonb,
    executed_at timestamp with time zone,
    execution_status text NOT NULL,
    execution_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    correlation_id uuid NOT NULL,
    message_id uuid,
    origin jsonb,
    conflicts jsonb DEFAULT '[]'::jsonb NOT NULL,
    impact jsonb DEFAULT '{}'::jsonb NOT NULL,
    before_state jsonb,
    effect text,
    zone text,
    facts_digest text,
    shown_hash text,
    risk text,
    is_blocked boolean DEFAULT false NOT NULL,
    deadline timestamp with time zone,
    superseded_by uuid,
    changed_by uuid,
    policy jsonb,
    alternatives jsonb DEFAULT '[]'::jsonb NOT NULL,
    edited_from uuid,
    lost_to uuid,
    outcome jsonb,
    CONSTRAINT ai_insights_log_action_type_check CHECK (((length(action_type) >= 1) AND (length(action_type) <= 100))),
    CONSTRAINT ai_insights_log_effect_check CHECK ((effect = ANY (ARRAY['create'::text, 'update'::text, 'delete'::text]))),
    CONSTRAINT ai_insights_log_execution_status_check CHECK ((execution_status = ANY (ARRAY['suggested'::text, 'approved'::text, 'rejected'::text, 'executed'::text, 'failed'::text, 'expired'::text, 'superseded'::text]))),
    CONSTRAINT ai_insights_log_kind_check CHECK ((kind = ANY (ARRAY['suggestion'::text, 'read'::text, 'refusal'::text, 'error'::text]))),
    CONSTRAINT ai_insights_log_risk_check CHECK ((risk = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
    CONSTRAINT only_suggestions_are_decided CHECK (((kind = 'suggestion'::text) OR (execution_status =
CASE kind
    WHEN 'read'::text THEN 'executed'::text
    ELSE 'failed'::text
END))),
    CONSTRAINT suggestion_is_complete CHECK (((kind <> 'suggestion'::text) OR ((shown_hash IS NOT NULL) AND (facts_digest IS NOT NULL) AND (risk IS NOT NULL) AND (deadline IS NOT NULL) AND (effect IS NOT NULL) AND (zone IS NOT NULL))))
);
ALTER TABLE ONLY public.ai_insights_log FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_edited_from FOREIGN KEY (organization_id, edited_from) REFERENCES public.ai_insights_log(organization_id, id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_lost_to FOREIGN KEY (organization_id, lost_to) REFERENCES public.ai_insights_log(organization_id, id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_organization_id_approved_by_fkey FOREIGN KEY (organization_id, approved_by) REFERENCES public.user_profiles(organization_id, id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_organization_id_decided_by_fkey FOREIGN KEY (organization_id, decided_by) REFERENCES public.user_profiles(organization_id, id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE SET NULL (event_id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_organization_id_message_id_fkey FOREIGN KEY (organization_id, message_id) REFERENCES public.messages(organization_id, id) ON DELETE SET NULL (message_id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_organization_id_superseded_by_fkey FOREIGN KEY (organization_id, superseded_by) REFERENCES public.ai_insights_log(organization_id, id);
ALTER TABLE ONLY public.ai_insights_log ADD CONSTRAINT ai_insights_log_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX ai_insights_log_by_approved_by ON public.ai_insights_log USING btree (organization_id, approved_by);
CREATE INDEX ai_insights_log_by_decided_by ON public.ai_insights_log USING btree (organization_id, decided_by);
CREATE INDEX ai_insights_log_by_edited_from ON public.ai_insights_log USING btree (organization_id, edited_from);
CREATE INDEX ai_insights_log_by_lost_to ON public.ai_insights_log USING btree (organization_id, lost_to);
CREATE INDEX ai_insights_log_by_message_id ON public.ai_insights_log USING btree (organization_id, message_id);
CREATE INDEX ai_insights_log_by_superseded_by ON public.ai_insights_log USING btree (organization_id, superseded_by);
CREATE INDEX ai_insights_log_deadline ON public.ai_insights_log USING btree (deadline) WHERE (execution_status = 'suggested'::text);
CREATE INDEX ai_insights_log_decided ON public.ai_insights_log USING btree (organization_id, decided_at DESC) WHERE ((kind = 'suggestion'::text) AND (decided_at IS NOT NULL));
CREATE INDEX ai_insights_log_event ON public.ai_insights_log USING btree (organization_id, event_id, created_at DESC);
CREATE INDEX ai_insights_log_executed ON public.ai_insights_log USING btree (organization_id, event_id, executed_at DESC) WHERE ((kind = 'suggestion'::text) AND (execution_status = 'executed'::text));
CREATE INDEX ai_insights_log_latest ON public.ai_insights_log USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX ai_insights_log_mine ON public.ai_insights_log USING btree (organization_id, user_id, created_at DESC) WHERE (kind = 'suggestion'::text);
CREATE INDEX ai_insights_log_newest ON public.ai_insights_log USING btree (created_at DESC, id DESC);
CREATE INDEX ai_insights_log_turn ON public.ai_insights_log USING btree (organization_id, correlation_id);
CREATE INDEX ai_insights_log_waiting ON public.ai_insights_log USING btree (organization_id, created_at DESC) WHERE (execution_status = 'suggested'::text);
CREATE CONSTRAINT TRIGGER chain_insert AFTER INSERT ON public.ai_insights_log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.kind <> 'read'::text)) EXECUTE FUNCTION app.chain_step();
CREATE CONSTRAINT TRIGGER chain_step AFTER UPDATE ON public.ai_insights_log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.kind <> 'read'::text) AND (old.execution_status IS DISTINCT FROM new.execution_status))) EXECUTE FUNCTION app.chain_step();
CREATE CONSTRAINT TRIGGER prove_executed AFTER UPDATE ON public.ai_insights_log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.changed_by IS NOT NULL) AND (new.execution_status = 'executed'::text) AND (old.execution_status <> 'executed'::text))) EXECUTE FUNCTION app.prove_executed();
CREATE TRIGGER check_step BEFORE UPDATE ON public.ai_insights_log FOR EACH ROW EXECUTE FUNCTION app.check_step();
CREATE TRIGGER note_insert BEFORE INSERT ON public.ai_insights_log FOR EACH ROW WHEN ((new.kind <> 'read'::text)) EXECUTE FUNCTION app.note_step();
CREATE TRIGGER note_step BEFORE UPDATE ON public.ai_insights_log FOR EACH ROW WHEN (((new.kind <> 'read'::text) AND (old.execution_status IS DISTINCT FROM new.execution_status))) EXECUTE FUNCTION app.note_step();
ALTER TABLE public.ai_insights_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY chain_looks ON public.ai_insights_log FOR SELECT TO CURRENT_USER USING ((action_type = 'bundle'::text));
CREATE POLICY deciders_note_outcome ON public.ai_insights_log FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (kind = 'suggestion'::text) AND (action_type = 'bundle'::text) AND (execution_status = 'executed'::text) AND (decided_by = ( SELECT app.user_id() AS user_id)) AND (outcome IS NULL))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (execution_status = 'executed'::text) AND (decided_by = ( SELECT app.user_id() AS user_id)) AND (outcome IS NOT NULL)));
CREATE POLICY managers_decide ON public.ai_insights_log FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (kind = 'suggestion'::text) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])) AND ((execution_status = 'suggested'::text) OR ((execution_status = 'approved'::text) AND (decided_by = ( SELECT app.user_id() AS user_id)))))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (NOT (decided_by IS DISTINCT FROM ( SELECT app.user_id() AS user_id))) AND ((approved_by IS NULL) OR (approved_by = ( SELECT app.user_id() AS user_id)))));
CREATE POLICY members_insert ON public.ai_insights_log FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (approved_by IS NULL) AND (decided_by IS NULL) AND ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))) AND ((kind <> 'suggestion'::text) OR ((execution_status = 'suggested'::text) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text, 'staff'::text]))))));
CREATE POLICY members_read ON public.ai_insights_log FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) <> 'viewer'::text)));
CREATE POLICY operator_reads ON public.ai_insights_log FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY owner_clears ON public.ai_insights_log FOR UPDATE TO CURRENT_USER USING ((kind = 'read'::text)) WITH CHECK ((kind = 'read'::text));
CREATE POLICY owner_reads ON public.ai_insights_log FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY system_expires ON public.ai_insights_log FOR UPDATE TO eventflow_system USING (((execution_status = 'suggested'::text) AND (deadline <= now()))) WITH CHECK ((execution_status = 'expired'::text));
CREATE POLICY system_reads ON public.ai_insights_log FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT ON TABLE public.ai_insights_log TO authenticated;
GRANT SELECT ON TABLE public.ai_insights_log TO eventflow_system;
GRANT SELECT ON TABLE public.ai_insights_log TO eventflow_operator;
GRANT UPDATE(approved_at) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(approved_by) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(decided_at) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(decided_by) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(decided_from) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(executed_at) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(execution_error) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(execution_status) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(execution_status) ON TABLE public.ai_insights_log TO eventflow_system;
GRANT UPDATE(lost_to) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(outcome) ON TABLE public.ai_insights_log TO authenticated;
GRANT UPDATE(superseded_by) ON TABLE public.ai_insights_log TO authenticated;

-- public.ai_rejections
CREATE VIEW public.ai_rejections WITH (security_invoker='true') AS
 SELECT organization_id,
    event_id,
    action_type,
    (decided_from ->> 'reason'::text) AS reason,
    count(*) AS rejected,
    max(decided_at) AS last_at
   FROM public.ai_insights_log entry
  WHERE ((kind = 'suggestion'::text) AND (execution_status = 'rejected'::text))
  GROUP BY organization_id, event_id, action_type, (decided_from ->> 'reason'::text);
GRANT SELECT ON TABLE public.ai_rejections TO authenticated;
GRANT SELECT ON TABLE public.ai_rejections TO eventflow_operator;

-- public.ai_runs
CREATE TABLE public.ai_runs (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    conversation_id uuid,
    event_id uuid,
    agent_name text DEFAULT 'eventflow'::text NOT NULL,
    agent_type text DEFAULT 'event_curator'::text NOT NULL,
    status text DEFAULT 'running'::text NOT NULL,
    error_message text,
    input_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    output_data jsonb,
    input_tokens integer,
    cached_tokens integer,
    output_tokens integer,
    thought_tokens integer,
    total_tokens integer GENERATED ALWAYS AS (((input_tokens + output_tokens) + COALESCE(thought_tokens, 0))) STORED,
    duration_ms integer,
    estimated_cost_usd numeric(12,6),
    provider text,
    model_name text,
    temperature numeric(3,2),
    steps integer,
    tool_calls integer,
    hit_limit boolean DEFAULT false NOT NULL,
    toolsets text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone,
    CONSTRAINT ai_runs_agent_type_check CHECK ((agent_type = ANY (ARRAY['local_scout'::text, 'dining_orchestrator'::text, 'event_curator'::text, 'itinerary_optimizer'::text, 'budget_guardian'::text, 'booking_assistant'::text, 'general_concierge'::text]))),
    CONSTRAINT ai_runs_cached_tokens_check CHECK ((cached_tokens >= 0)),
    CONSTRAINT ai_runs_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT ai_runs_estimated_cost_usd_check CHECK ((estimated_cost_usd >= (0)::numeric)),
    CONSTRAINT ai_runs_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT ai_runs_output_tokens_check CHECK ((output_tokens >= 0)),
    CONSTRAINT ai_runs_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'running'::text, 'success'::text, 'error'::text, 'timeout'::text, 'cancelled'::text]))),
    CONSTRAINT ai_runs_steps_check CHECK ((steps >= 0)),
    CONSTRAINT ai_runs_thought_tokens_check CHECK ((thought_tokens >= 0)),
    CONSTRAINT ai_runs_tool_calls_check CHECK ((tool_calls >= 0)),
    CONSTRAINT what_ended_has_an_end CHECK (((status = ANY (ARRAY['pending'::text, 'running'::text])) = (completed_at IS NULL)))
);
ALTER TABLE ONLY public.ai_runs FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.ai_runs ADD CONSTRAINT ai_runs_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.ai_runs ADD CONSTRAINT ai_runs_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE SET NULL (event_id);
ALTER TABLE ONLY public.ai_runs ADD CONSTRAINT ai_runs_organization_id_user_id_conversation_id_fkey FOREIGN KEY (organization_id, user_id, conversation_id) REFERENCES public.conversations(organization_id, user_id, id) ON DELETE SET NULL (conversation_id);
ALTER TABLE ONLY public.ai_runs ADD CONSTRAINT ai_runs_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX ai_runs_by_age ON public.ai_runs USING brin (created_at);
CREATE INDEX ai_runs_latest ON public.ai_runs USING btree (organization_id, created_at DESC);
CREATE INDEX ai_runs_of_conversation ON public.ai_runs USING btree (organization_id, user_id, conversation_id);
CREATE INDEX ai_runs_of_event ON public.ai_runs USING btree (organization_id, event_id);
CREATE INDEX ai_runs_running ON public.ai_runs USING btree (created_at) WHERE (completed_at IS NULL);
ALTER TABLE public.ai_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY operator_reads ON public.ai_runs FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY own_insert ON public.ai_runs FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (status = 'running'::text)));
CREATE POLICY own_or_led_read ON public.ai_runs FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))));
CREATE POLICY owner_clears ON public.ai_runs FOR DELETE TO CURRENT_USER USING ((completed_at IS NOT NULL));
CREATE POLICY owner_reads ON public.ai_runs FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY system_ends ON public.ai_runs FOR UPDATE TO eventflow_system USING (true) WITH CHECK (true);
CREATE POLICY system_reads ON public.ai_runs FOR SELECT TO eventflow_system USING (true);
GRANT INSERT(conversation_id) ON TABLE public.ai_runs TO authenticated;
GRANT INSERT(event_id) ON TABLE public.ai_runs TO authenticated;
GRANT UPDATE(event_id) ON TABLE public.ai_runs TO eventflow_system;
GRANT INSERT(id) ON TABLE public.ai_runs TO authenticated;
GRANT INSERT(input_data) ON TABLE public.ai_runs TO authenticated;
GRANT INSERT(model_name) ON TABLE public.ai_runs TO authenticated;
GRANT INSERT(organization_id) ON TABLE public.ai_runs TO authenticated;
GRANT INSERT(provider) ON TABLE public.ai_runs TO authenticated;
GRANT INSERT(toolsets) ON TABLE public.ai_runs TO authenticated;
GRANT UPDATE(toolsets) ON TABLE public.ai_runs TO eventflow_system;
GRANT INSERT(user_id) ON TABLE public.ai_runs TO authenticated;
GRANT SELECT ON TABLE public.ai_runs TO authenticated;
GRANT SELECT ON TABLE public.ai_runs TO eventflow_system;
GRANT SELECT ON TABLE public.ai_runs TO eventflow_operator;
GRANT UPDATE(cached_tokens) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(completed_at) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(duration_ms) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(error_message) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(estimated_cost_usd) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(hit_limit) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(input_tokens) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(output_data) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(output_tokens) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(status) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(steps) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(thought_tokens) ON TABLE public.ai_runs TO eventflow_system;
GRANT UPDATE(tool_calls) ON TABLE public.ai_runs TO eventflow_system;

-- public.ai_vip_impact
CREATE VIEW public.ai_vip_impact WITH (security_invoker='true') AS
 SELECT entry.organization_id,
    entry.event_id,
    entry.action_type,
    count(*) AS suggestions,
    count(*) FILTER (WHERE (named.vips > 0)) AS with_vips,
    sum(named.vips) AS vips_named,
    count(*) FILTER (WHERE ((named.vips > 0) AND (entry.execution_status = 'executed'::text))) AS executed,
    count(*) FILTER (WHERE ((named.vips > 0) AND (entry.execution_status = 'rejected'::text))) AS rejected,
    count(*) FILTER (WHERE ((named.vips > 0) AND (entry.execution_status = ANY (ARRAY['suggested'::text, 'approved'::text])))) AS waiting,
    count(*) FILTER (WHERE ((named.vips > 0) AND (entry.execution_status = ANY (ARRAY['failed'::text, 'expired'::text, 'superseded'::text])))) AS lapsed
   FROM (public.ai_insights_log entry
     CROSS JOIN LATERAL ( SELECT COALESCE(jsonb_array_length((entry.impact -> 'vips'::text)), 0) AS vips) named)
  WHERE (entry.kind = 'suggestion'::text)
  GROUP BY entry.organization_id, entry.event_id, entry.action_type;
GRANT SELECT ON TABLE public.ai_vip_impact TO authenticated;
GRANT SELECT ON TABLE public.ai_vip_impact TO eventflow_operator;

-- public.approvals
CREATE TABLE public.approvals (
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    suggestion_id uuid NOT NULL,
    user_id uuid NOT NULL,
    shown_hash text NOT NULL,
    approved_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.approvals FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.approvals ADD CONSTRAINT approvals_pkey PRIMARY KEY (organization_id, suggestion_id, user_id);
ALTER TABLE ONLY public.approvals ADD CONSTRAINT approvals_organization_id_suggestion_id_fkey FOREIGN KEY (organization_id, suggestion_id) REFERENCES public.ai_insights_log(organization_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.approvals ADD CONSTRAINT approvals_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX approvals_user ON public.approvals USING btree (organization_id, user_id);
ALTER TABLE public.approvals ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.approvals FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY own_insert ON public.approvals FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY system_reads ON public.approvals FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT ON TABLE public.approvals TO authenticated;
GRANT SELECT ON TABLE public.approvals TO eventflow_system;

-- public.breakages
CREATE TABLE public.breakages (
    platform text NOT NULL,
    kind text NOT NULL,
    workspace text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    why text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.breakages FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.breakages IS 'local table: what concerns the whole installation';
ALTER TABLE ONLY public.breakages ADD CONSTRAINT breakages_pkey PRIMARY KEY (platform, kind, workspace, place);
ALTER TABLE public.breakages ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_adds ON public.breakages FOR INSERT TO eventflow_system WITH CHECK (true);
CREATE POLICY system_clears ON public.breakages FOR DELETE TO eventflow_system USING (true);
CREATE POLICY system_reads ON public.breakages FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.breakages TO eventflow_system;

-- public.card_copies
CREATE TABLE public.card_copies (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid NOT NULL,
    suggestion_id uuid NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    channel text NOT NULL,
    message text NOT NULL,
    locale text NOT NULL,
    can_decide boolean NOT NULL,
    shown_status text NOT NULL,
    is_lost boolean DEFAULT false NOT NULL,
    posted_at timestamp with time zone DEFAULT now() NOT NULL,
    menu text,
    thread text,
    picture text,
    picture_of uuid
);
ALTER TABLE ONLY public.card_copies FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.card_copies.picture IS 'What the platform calls the picture: a message in Telegram, a file in Slack.';
ALTER TABLE ONLY public.card_copies ADD CONSTRAINT card_copies_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.card_copies ADD CONSTRAINT card_copies_organization_id_platform_workspace_channel_mess_key UNIQUE (organization_id, platform, workspace, channel, message);
ALTER TABLE ONLY public.card_copies ADD CONSTRAINT card_copies_organization_id_suggestion_id_fkey FOREIGN KEY (organization_id, suggestion_id) REFERENCES public.ai_insights_log(organization_id, id);
CREATE INDEX card_copies_of_suggestion ON public.card_copies USING btree (organization_id, suggestion_id);
ALTER TABLE public.card_copies ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.card_copies FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY operator_reads ON public.card_copies FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY owner_clears ON public.card_copies TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_inserts ON public.card_copies FOR INSERT TO eventflow_system WITH CHECK (true);
CREATE POLICY system_reads ON public.card_copies FOR SELECT TO eventflow_system USING (true);
CREATE POLICY system_updates ON public.card_copies FOR UPDATE TO eventflow_system USING (true) WITH CHECK (true);
GRANT SELECT ON TABLE public.card_copies TO authenticated;
GRANT SELECT,INSERT ON TABLE public.card_copies TO eventflow_system;
GRANT SELECT ON TABLE public.card_copies TO eventflow_operator;
GRANT UPDATE(can_decide) ON TABLE public.card_copies TO eventflow_system;
GRANT UPDATE(is_lost) ON TABLE public.card_copies TO eventflow_system;
GRANT UPDATE(menu) ON TABLE public.card_copies TO eventflow_system;
GRANT UPDATE(picture) ON TABLE public.card_copies TO eventflow_system;
GRANT UPDATE(picture_of) ON TABLE public.card_copies TO eventflow_system;
GRANT UPDATE(shown_status) ON TABLE public.card_copies TO eventflow_system;
GRANT UPDATE(suggestion_id) ON TABLE public.card_copies TO eventflow_system;

-- public.card_questions
CREATE TABLE public.card_questions (
    organization_id uuid NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    channel text NOT NULL,
    message text NOT NULL,
    suggestion_id uuid NOT NULL,
    user_id uuid NOT NULL,
    verdict text NOT NULL,
    choice text NOT NULL,
    pressed jsonb NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.card_questions FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.card_questions ADD CONSTRAINT card_questions_pkey PRIMARY KEY (organization_id, platform, workspace, channel, message);
ALTER TABLE ONLY public.card_questions ADD CONSTRAINT card_questions_organization_id_suggestion_id_fkey FOREIGN KEY (organization_id, suggestion_id) REFERENCES public.ai_insights_log(organization_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.card_questions ADD CONSTRAINT card_questions_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX card_questions_by_suggestion_id ON public.card_questions USING btree (organization_id, suggestion_id);
CREATE INDEX card_questions_by_user_id ON public.card_questions USING btree (organization_id, user_id);
ALTER TABLE public.card_questions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_read ON public.card_questions FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY owner_clears ON public.card_questions TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_asks ON public.card_questions TO eventflow_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.card_questions TO eventflow_system;
GRANT SELECT ON TABLE public.card_questions TO authenticated;

-- public.chat_identities
CREATE TABLE public.chat_identities (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    platform_user text NOT NULL,
    linked_by text NOT NULL,
    linked_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    ended_with_access boolean DEFAULT false NOT NULL,
    CONSTRAINT chat_identities_linked_by_check CHECK ((linked_by = ANY (ARRAY['email'::text, 'token'::text, 'operator'::text])))
);
ALTER TABLE ONLY public.chat_identities FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.chat_identities IS 'reference table: who a chat user is, and whose';
ALTER TABLE ONLY public.chat_identities ADD CONSTRAINT chat_identities_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.chat_identities ADD CONSTRAINT chat_identities_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX chat_identities_user ON public.chat_identities USING btree (organization_id, user_id);
CREATE UNIQUE INDEX chat_identities_one_person ON public.chat_identities USING btree (platform, workspace, platform_user) WHERE (revoked_at IS NULL);
ALTER TABLE public.chat_identities ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.chat_identities FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY operator_inserts ON public.chat_identities FOR INSERT TO eventflow_operator WITH CHECK (true);
CREATE POLICY operator_reads ON public.chat_identities FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY operator_updates ON public.chat_identities FOR UPDATE TO eventflow_operator USING (true) WITH CHECK (true);
CREATE POLICY owner_clears ON public.chat_identities TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_inserts ON public.chat_identities FOR INSERT TO eventflow_system WITH CHECK (true);
CREATE POLICY system_reads ON public.chat_identities FOR SELECT TO eventflow_system USING (true);
GRANT SELECT ON TABLE public.chat_identities TO authenticated;
GRANT SELECT,INSERT ON TABLE public.chat_identities TO eventflow_system;
GRANT SELECT,INSERT,UPDATE ON TABLE public.chat_identities TO eventflow_operator;

-- public.checklist_items
CREATE TABLE public.checklist_items (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    event_id uuid NOT NULL,
    title text NOT NULL,
    due_at timestamp with time zone,
    assigned_to uuid,
    is_done boolean DEFAULT false NOT NULL,
    done_at timestamp with time zone,
    source_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.checklist_items FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.checklist_items ADD CONSTRAINT checklist_items_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.checklist_items ADD CONSTRAINT checklist_items_organization_id_event_id_source_id_key UNIQUE (organization_id, event_id, source_id);
ALTER TABLE ONLY public.checklist_items ADD CONSTRAINT checklist_items_organization_id_assigned_to_fkey FOREIGN KEY (organization_id, assigned_to) REFERENCES public.user_profiles(organization_id, id);
ALTER TABLE ONLY public.checklist_items ADD CONSTRAINT checklist_items_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE CASCADE;
CREATE INDEX checklist_items_assignee ON public.checklist_items USING btree (organization_id, assigned_to);
CREATE INDEX checklist_items_open ON public.checklist_items USING btree (organization_id, event_id, due_at) WHERE (NOT is_done);
ALTER TABLE public.checklist_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.checklist_items FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.checklist_items FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.checklist_items FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.checklist_items FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY proof_reads ON public.checklist_items FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.checklist_items TO authenticated;

-- public.conversations
CREATE TABLE public.conversations (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    user_id uuid NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    channel text NOT NULL,
    thread text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_message_at timestamp with time zone DEFAULT now() NOT NULL,
    open_tools jsonb DEFAULT '[]'::jsonb NOT NULL
);
ALTER TABLE ONLY public.conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.conversations ADD CONSTRAINT conversations_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.conversations ADD CONSTRAINT conversations_organization_id_user_id_id_key UNIQUE (organization_id, user_id, id);
ALTER TABLE ONLY public.conversations ADD CONSTRAINT conversations_organization_id_user_id_platform_workspace_ch_key UNIQUE (organization_id, user_id, platform, workspace, channel, thread);
ALTER TABLE ONLY public.conversations ADD CONSTRAINT conversations_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_insert ON public.conversations FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY own_read ON public.conversations FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY own_update ON public.conversations FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id)))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY owner_clears ON public.conversations TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.conversations TO authenticated;
GRANT UPDATE(last_message_at) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(open_tools) ON TABLE public.conversations TO authenticated;

-- public.delegations
CREATE TABLE public.delegations (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    from_user uuid NOT NULL,
    to_user uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT delegations_end_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT delegations_to_another CHECK ((from_user <> to_user))
);
ALTER TABLE ONLY public.delegations FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.delegations ADD CONSTRAINT delegations_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.delegations ADD CONSTRAINT delegations_one_at_a_time EXCLUDE USING gist (organization_id WITH =, from_user WITH =, tstzrange(starts_at, GREATEST(starts_at, LEAST(ends_at, ended_at)), '[)'::text) WITH &&);
ALTER TABLE ONLY public.delegations ADD CONSTRAINT delegations_organization_id_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES public.user_profiles(organization_id, id);
ALTER TABLE ONLY public.delegations ADD CONSTRAINT delegations_organization_id_from_user_fkey FOREIGN KEY (organization_id, from_user) REFERENCES public.user_profiles(organization_id, id);
ALTER TABLE ONLY public.delegations ADD CONSTRAINT delegations_organization_id_to_user_fkey FOREIGN KEY (organization_id, to_user) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX delegations_by_created_by ON public.delegations USING btree (organization_id, created_by);
CREATE INDEX delegations_to ON public.delegations USING btree (organization_id, to_user, ends_at);
ALTER TABLE public.delegations ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.delegations FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY owners_insert ON public.delegations FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = 'owner'::text) AND (created_by = ( SELECT app.user_id() AS user_id)) AND (ended_at IS NULL)));
CREATE POLICY owners_update ON public.delegations FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = 'owner'::text))) WITH CHECK ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY proof_reads ON public.delegations FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY system_reads ON public.delegations FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT ON TABLE public.delegations TO authenticated;
GRANT SELECT ON TABLE public.delegations TO eventflow_system;
GRANT UPDATE(ended_at) ON TABLE public.delegations TO authenticated;

-- public.event_vendors
CREATE TABLE public.event_vendors (
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    event_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    status text DEFAULT 'invited'::text NOT NULL,
    arrives_at timestamp with time zone,
    notes text,
    cost numeric(16,4),
    currency text,
    CONSTRAINT event_vendors_cost_check CHECK ((cost >= (0)::numeric)),
    CONSTRAINT event_vendors_cost_has_currency CHECK (((cost IS NULL) = (currency IS NULL))),
    CONSTRAINT event_vendors_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT event_vendors_status_check CHECK ((status = ANY (ARRAY['invited'::text, 'confirmed'::text, 'on_the_way'::text, 'arrived'::text, 'cancelled'::text])))
);
ALTER TABLE ONLY public.event_vendors FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.event_vendors ADD CONSTRAINT event_vendors_pkey PRIMARY KEY (organization_id, event_id, vendor_id);
ALTER TABLE ONLY public.event_vendors ADD CONSTRAINT event_vendors_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.event_vendors ADD CONSTRAINT event_vendors_organization_id_vendor_id_fkey FOREIGN KEY (organization_id, vendor_id) REFERENCES public.vendors(organization_id, id) ON DELETE CASCADE;
CREATE INDEX event_vendors_vendor ON public.event_vendors USING btree (organization_id, vendor_id);
ALTER TABLE public.event_vendors ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.event_vendors FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.event_vendors FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.event_vendors FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.event_vendors FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) <> 'viewer'::text)));
CREATE POLICY proof_reads ON public.event_vendors FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.event_vendors TO authenticated;

-- public.events
CREATE TABLE public.events (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    name text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    source_id text,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    source_address text,
    CONSTRAINT events_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT events_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 300))),
    CONSTRAINT events_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text])))
);
ALTER TABLE ONLY public.events FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.events ADD CONSTRAINT events_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.events ADD CONSTRAINT events_organization_id_source_id_key UNIQUE (organization_id, source_id);
ALTER TABLE ONLY public.events ADD CONSTRAINT events_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);
CREATE INDEX events_by_date ON public.events USING btree (organization_id, starts_on);
CREATE TRIGGER touch_row BEFORE UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION app.touch_row();
ALTER TABLE public.events ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.events FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.events FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.events FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.events FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY operator_reads ON public.events FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY proof_reads ON public.events FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.events TO authenticated;
GRANT SELECT ON TABLE public.events TO eventflow_operator;

-- public.inbound_events
CREATE TABLE public.inbound_events (
    id uuid DEFAULT app.new_id() NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    event_id text NOT NULL,
    payload jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    handled_at timestamp with time zone,
    sender text
);
ALTER TABLE ONLY public.inbound_events FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.inbound_events IS 'local table: deliveries, before anybody knows whose';
ALTER TABLE ONLY public.inbound_events ADD CONSTRAINT inbound_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inbound_events ADD CONSTRAINT inbound_events_platform_workspace_event_id_key UNIQUE (platform, workspace, event_id);
CREATE INDEX inbound_events_by_age ON public.inbound_events USING brin (received_at);
ALTER TABLE public.inbound_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY owner_clears ON public.inbound_events TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_inserts ON public.inbound_events FOR INSERT TO eventflow_system WITH CHECK (true);
CREATE POLICY system_marks ON public.inbound_events FOR UPDATE TO eventflow_system USING (true) WITH CHECK (true);
CREATE POLICY system_reads ON public.inbound_events FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT ON TABLE public.inbound_events TO eventflow_system;
GRANT UPDATE(handled_at) ON TABLE public.inbound_events TO eventflow_system;

-- public.invitations
CREATE TABLE public.invitations (
    platform text NOT NULL,
    workspace text NOT NULL,
    platform_user text NOT NULL,
    invited_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.invitations FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.invitations IS 'local table: strangers, who belong to nobody';
ALTER TABLE ONLY public.invitations ADD CONSTRAINT invitations_pkey PRIMARY KEY (platform, workspace, platform_user);
ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;
CREATE POLICY owner_clears ON public.invitations TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_adds ON public.invitations FOR INSERT TO eventflow_system WITH CHECK (true);
CREATE POLICY system_reads ON public.invitations FOR SELECT TO eventflow_system USING (true);
CREATE POLICY system_repeats ON public.invitations FOR UPDATE TO eventflow_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.invitations TO eventflow_system;
GRANT UPDATE(invited_at) ON TABLE public.invitations TO eventflow_system;

-- public.link_tokens
CREATE TABLE public.link_tokens (
    token_hash bytea NOT NULL,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.link_tokens FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.link_tokens IS 'reference table: whom a code is for';
ALTER TABLE ONLY public.link_tokens ADD CONSTRAINT link_tokens_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.link_tokens ADD CONSTRAINT link_tokens_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX link_tokens_by_user_id ON public.link_tokens USING btree (organization_id, user_id);
ALTER TABLE public.link_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY operator_inserts ON public.link_tokens FOR INSERT TO eventflow_operator WITH CHECK (true);
CREATE POLICY operator_reads ON public.link_tokens FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY operator_updates ON public.link_tokens FOR UPDATE TO eventflow_operator USING (true) WITH CHECK (true);
CREATE POLICY owner_clears ON public.link_tokens TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_reads ON public.link_tokens FOR SELECT TO eventflow_system USING (true);
CREATE POLICY system_uses ON public.link_tokens FOR UPDATE TO eventflow_system USING ((used_at IS NULL)) WITH CHECK ((used_at IS NOT NULL));
GRANT SELECT ON TABLE public.link_tokens TO eventflow_system;
GRANT SELECT,INSERT,UPDATE ON TABLE public.link_tokens TO eventflow_operator;
GRANT UPDATE(used_at) ON TABLE public.link_tokens TO eventflow_system;

-- public.messages
CREATE TABLE public.messages (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    text text NOT NULL,
    contents jsonb,
    inbound_event_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT messages_role_check CHECK ((role = ANY (ARRAY['user'::text, 'assistant'::text])))
);
ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.messages ADD CONSTRAINT messages_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.messages ADD CONSTRAINT messages_organization_id_user_id_conversation_id_fkey FOREIGN KEY (organization_id, user_id, conversation_id) REFERENCES public.conversations(organization_id, user_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.messages ADD CONSTRAINT messages_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.user_profiles(organization_id, id);
CREATE INDEX messages_by_age ON public.messages USING brin (created_at);
CREATE INDEX messages_by_user_id_conversation_id ON public.messages USING btree (organization_id, user_id, conversation_id);
CREATE INDEX messages_of_conversation ON public.messages USING btree (organization_id, conversation_id, created_at, id);
CREATE UNIQUE INDEX messages_of_event ON public.messages USING btree (organization_id, conversation_id, inbound_event_id, role) WHERE (inbound_event_id IS NOT NULL);
ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_insert ON public.messages FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY own_read ON public.messages FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (user_id = ( SELECT app.user_id() AS user_id))));
CREATE POLICY owner_clears ON public.messages TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.messages TO authenticated;

-- public.organization_policies
CREATE TABLE public.organization_policies (
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    version integer NOT NULL,
    document jsonb NOT NULL,
    changed_by uuid NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT organization_policies_document_check CHECK ((jsonb_typeof(document) = 'object'::text)),
    CONSTRAINT organization_policies_version_check CHECK ((version > 0))
);
ALTER TABLE ONLY public.organization_policies FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.organization_policies ADD CONSTRAINT organization_policies_pkey PRIMARY KEY (organization_id, version);
ALTER TABLE ONLY public.organization_policies ADD CONSTRAINT organization_policies_organization_id_changed_by_fkey FOREIGN KEY (organization_id, changed_by) REFERENCES public.user_profiles(organization_id, id);
ALTER TABLE ONLY public.organization_policies ADD CONSTRAINT organization_policies_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);
CREATE INDEX organization_policies_by_changed_by ON public.organization_policies USING btree (organization_id, changed_by);
ALTER TABLE public.organization_policies ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.organization_policies FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY owners_insert ON public.organization_policies FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = 'owner'::text) AND (changed_by = ( SELECT app.user_id() AS user_id)) AND (version = (( SELECT app.policy_version() AS policy_version) + 1))));
CREATE POLICY proof_reads ON public.organization_policies FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY system_reads ON public.organization_policies FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT ON TABLE public.organization_policies TO authenticated;
GRANT SELECT ON TABLE public.organization_policies TO eventflow_system;

-- public.organizations
CREATE TABLE public.organizations (
    id uuid DEFAULT app.new_id() NOT NULL,
    name text NOT NULL,
    name_key text GENERATED ALWAYS AS (app.name_key(name)) STORED NOT NULL,
    locale text DEFAULT 'en'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    time_zone text,
    ceiling_usd numeric(12,2),
    ceiling_told_until timestamp with time zone,
    CONSTRAINT organizations_ceiling_usd_check CHECK ((ceiling_usd >= (0)::numeric)),
    CONSTRAINT organizations_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 200))),
    CONSTRAINT organizations_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 100)))
);
ALTER TABLE ONLY public.organizations FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.organizations IS 'reference table: which organisations there are';
ALTER TABLE ONLY public.organizations ADD CONSTRAINT organizations_name_key_key UNIQUE (name_key);
ALTER TABLE ONLY public.organizations ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);
ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.organizations FOR SELECT TO authenticated USING ((id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY operator_inserts ON public.organizations FOR INSERT TO eventflow_operator WITH CHECK (true);
CREATE POLICY operator_reads ON public.organizations FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY operator_updates ON public.organizations FOR UPDATE TO eventflow_operator USING (true) WITH CHECK (true);
CREATE POLICY owner_reads ON public.organizations FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owners_update ON public.organizations FOR UPDATE TO authenticated USING (((id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = 'owner'::text))) WITH CHECK ((id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY system_reads ON public.organizations FOR SELECT TO eventflow_system USING (true);
CREATE POLICY system_tells ON public.organizations FOR UPDATE TO eventflow_system USING (true) WITH CHECK (true);
GRANT SELECT ON TABLE public.organizations TO authenticated;
GRANT SELECT ON TABLE public.organizations TO eventflow_system;
GRANT SELECT,INSERT,UPDATE ON TABLE public.organizations TO eventflow_operator;
GRANT UPDATE(ceiling_told_until) ON TABLE public.organizations TO eventflow_system;
GRANT UPDATE(locale) ON TABLE public.organizations TO authenticated;

-- public.participant_schedules
CREATE TABLE public.participant_schedules (
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    schedule_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    registered_at timestamp with time zone DEFAULT now() NOT NULL,
    waiting_since timestamp with time zone
);
ALTER TABLE ONLY public.participant_schedules FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.participant_schedules ADD CONSTRAINT participant_schedules_pkey PRIMARY KEY (organization_id, schedule_id, participant_id);
ALTER TABLE ONLY public.participant_schedules ADD CONSTRAINT participant_schedules_organization_id_participant_id_fkey FOREIGN KEY (organization_id, participant_id) REFERENCES public.participants(organization_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.participant_schedules ADD CONSTRAINT participant_schedules_organization_id_schedule_id_fkey FOREIGN KEY (organization_id, schedule_id) REFERENCES public.schedules(organization_id, id) ON DELETE CASCADE;
CREATE INDEX participant_schedules_participant ON public.participant_schedules USING btree (organization_id, participant_id);
ALTER TABLE public.participant_schedules ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.participant_schedules FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.participant_schedules FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.participant_schedules FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.participant_schedules FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY proof_reads ON public.participant_schedules FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.participant_schedules TO authenticated;

-- public.participants
CREATE TABLE public.participants (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    event_id uuid NOT NULL,
    full_name text NOT NULL,
    email text,
    phone text,
    is_vip boolean DEFAULT false NOT NULL,
    vip_notes text,
    source_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    checked_in_at timestamp with time zone,
    name_key text GENERATED ALWAYS AS (app.name_key(full_name)) STORED
);
ALTER TABLE ONLY public.participants FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.participants ADD CONSTRAINT participants_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.participants ADD CONSTRAINT participants_organization_id_event_id_source_id_key UNIQUE (organization_id, event_id, source_id);
ALTER TABLE ONLY public.participants ADD CONSTRAINT participants_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE CASCADE;
CREATE INDEX participants_names ON public.participants USING btree (organization_id, event_id, name_key);
CREATE INDEX participants_vips ON public.participants USING btree (organization_id, event_id) WHERE is_vip;
ALTER TABLE public.participants ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.participants FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.participants FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.participants FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.participants FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) <> 'viewer'::text)));
CREATE POLICY proof_reads ON public.participants FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.participants TO authenticated;

-- public.removed_registrations
CREATE TABLE public.removed_registrations (
    organization_id uuid NOT NULL,
    event_id uuid NOT NULL,
    schedule_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    waiting_since timestamp with time zone,
    removed_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.removed_registrations FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.removed_registrations ADD CONSTRAINT removed_registrations_pkey PRIMARY KEY (organization_id, schedule_id, participant_id);
ALTER TABLE ONLY public.removed_registrations ADD CONSTRAINT removed_registrations_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE CASCADE;
CREATE INDEX removed_registrations_event ON public.removed_registrations USING btree (organization_id, event_id);
CREATE INDEX removed_registrations_person ON public.removed_registrations USING btree (organization_id, participant_id);
ALTER TABLE public.removed_registrations ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.removed_registrations FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.removed_registrations FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.removed_registrations FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE ON TABLE public.removed_registrations TO authenticated;

-- public.retention_periods
CREATE TABLE public.retention_periods (
    organization_id uuid NOT NULL,
    what text NOT NULL,
    days integer NOT NULL,
    CONSTRAINT retention_periods_check CHECK ((((days >= 1) AND (days <= 3650)) AND ((what <> 'deliveries'::text) OR (days >= 3)))),
    CONSTRAINT retention_periods_runs_check CHECK (((what <> 'runs'::text) OR (days >= 31))),
    CONSTRAINT retention_periods_what_check CHECK ((what = ANY (ARRAY['messages'::text, 'deliveries'::text, 'cards'::text, 'copies'::text, 'runs'::text, 'jobs'::text, 'codes'::text])))
);
ALTER TABLE ONLY public.retention_periods FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.retention_periods IS 'reference table: the sweep compares every row with them';
ALTER TABLE ONLY public.retention_periods ADD CONSTRAINT retention_periods_pkey PRIMARY KEY (organization_id, what);
ALTER TABLE ONLY public.retention_periods ADD CONSTRAINT retention_periods_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);
ALTER TABLE public.retention_periods ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.retention_periods FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY operator_inserts ON public.retention_periods FOR INSERT TO eventflow_operator WITH CHECK (true);
CREATE POLICY operator_reads ON public.retention_periods FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY operator_updates ON public.retention_periods FOR UPDATE TO eventflow_operator USING (true) WITH CHECK (true);
CREATE POLICY owner_reads ON public.retention_periods FOR SELECT TO CURRENT_USER USING (true);
GRANT SELECT ON TABLE public.retention_periods TO authenticated;
GRANT SELECT,INSERT ON TABLE public.retention_periods TO eventflow_operator;
GRANT UPDATE(days) ON TABLE public.retention_periods TO eventflow_operator;

-- public.rooms
CREATE TABLE public.rooms (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    event_id uuid NOT NULL,
    name text NOT NULL,
    name_key text GENERATED ALWAYS AS (app.name_key(name)) STORED NOT NULL,
    capacity integer,
    may_be_shared boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    source_id text,
    in_file boolean,
    CONSTRAINT rooms_capacity_check CHECK ((capacity > 0))
);
ALTER TABLE ONLY public.rooms FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.rooms ADD CONSTRAINT rooms_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.rooms ADD CONSTRAINT rooms_organization_id_event_id_name_key_key UNIQUE (organization_id, event_id, name_key);
ALTER TABLE ONLY public.rooms ADD CONSTRAINT rooms_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE CASCADE;
CREATE TRIGGER spread_room_rule AFTER INSERT OR DELETE OR UPDATE OF may_be_shared, name ON public.rooms FOR EACH ROW EXECUTE FUNCTION app.spread_room_rule();
ALTER TABLE public.rooms ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.rooms FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.rooms FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.rooms FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.rooms FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY proof_reads ON public.rooms FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY shared_lookup ON public.rooms FOR SELECT TO CURRENT_USER USING (may_be_shared);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rooms TO authenticated;

-- public.schedules
CREATE TABLE public.schedules (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    event_id uuid NOT NULL,
    title text NOT NULL,
    description text,
    start_time timestamp with time zone NOT NULL,
    end_time timestamp with time zone NOT NULL,
    room text,
    room_key text GENERATED ALWAYS AS (app.name_key(room)) STORED,
    room_shared boolean DEFAULT false NOT NULL,
    speaker_name text,
    speaker_keys text[] GENERATED ALWAYS AS (app.name_keys(COALESCE(speaker_name, ''::text))) STORED NOT NULL,
    search_key text GENERATED ALWAYS AS (app.name_key(((title || ' '::text) || COALESCE(speaker_name, ''::text)))) STORED NOT NULL,
    max_capacity integer,
    status text DEFAULT 'scheduled'::text NOT NULL,
    track text,
    language text,
    source_id text,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    keeps_waiting_list boolean DEFAULT true NOT NULL,
    source_code text,
    CONSTRAINT schedules_end_after_start CHECK ((end_time > start_time)),
    CONSTRAINT schedules_max_capacity_check CHECK ((max_capacity > 0)),
    CONSTRAINT schedules_status_check CHECK ((status = ANY (ARRAY['scheduled'::text, 'cancelled'::text]))),
    CONSTRAINT schedules_title_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 500)))
);
ALTER TABLE ONLY public.schedules FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.schedules ADD CONSTRAINT no_room_overlap EXCLUDE USING gist (organization_id WITH =, event_id WITH =, room_key WITH =, tstzrange(start_time, end_time, '[)'::text) WITH &&) WHERE (((room_key IS NOT NULL) AND (NOT room_shared) AND (status <> 'cancelled'::text))) DEFERRABLE;
ALTER TABLE ONLY public.schedules ADD CONSTRAINT schedules_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.schedules ADD CONSTRAINT schedules_organization_id_event_id_source_id_key UNIQUE (organization_id, event_id, source_id);
ALTER TABLE ONLY public.schedules ADD CONSTRAINT schedules_organization_id_event_id_fkey FOREIGN KEY (organization_id, event_id) REFERENCES public.events(organization_id, id) ON DELETE CASCADE;
CREATE INDEX schedules_org_times ON public.schedules USING btree (organization_id, start_time);
CREATE INDEX schedules_room_times ON public.schedules USING btree (organization_id, event_id, room_key, start_time) INCLUDE (end_time);
CREATE INDEX schedules_search ON public.schedules USING gin (organization_id, search_key extensions.gin_trgm_ops);
CREATE INDEX schedules_times ON public.schedules USING btree (organization_id, event_id, start_time) INCLUDE (end_time);
CREATE TRIGGER copy_room_rule BEFORE INSERT OR UPDATE OF room, room_shared, event_id, organization_id ON public.schedules FOR EACH ROW EXECUTE FUNCTION app.copy_room_rule();
CREATE TRIGGER touch_row BEFORE UPDATE ON public.schedules FOR EACH ROW EXECUTE FUNCTION app.touch_row();
ALTER TABLE public.schedules ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.schedules FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.schedules FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.schedules FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.schedules FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY search_lookup ON public.schedules FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.schedules TO authenticated;

-- public.suggestion_pictures
CREATE TABLE public.suggestion_pictures (
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    suggestion_id uuid NOT NULL,
    timeline jsonb NOT NULL
);
ALTER TABLE ONLY public.suggestion_pictures FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.suggestion_pictures ADD CONSTRAINT suggestion_pictures_pkey PRIMARY KEY (organization_id, suggestion_id);
ALTER TABLE ONLY public.suggestion_pictures ADD CONSTRAINT suggestion_pictures_organization_id_suggestion_id_fkey FOREIGN KEY (organization_id, suggestion_id) REFERENCES public.ai_insights_log(organization_id, id) ON DELETE CASCADE;
ALTER TABLE public.suggestion_pictures ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_insert ON public.suggestion_pictures FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text, 'staff'::text]))));
CREATE POLICY members_read ON public.suggestion_pictures FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY owner_clears ON public.suggestion_pictures TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_reads ON public.suggestion_pictures FOR SELECT TO eventflow_system USING (true);
GRANT SELECT,INSERT ON TABLE public.suggestion_pictures TO authenticated;
GRANT SELECT ON TABLE public.suggestion_pictures TO eventflow_system;

-- public.suggestion_reminders
CREATE TABLE public.suggestion_reminders (
    organization_id uuid NOT NULL,
    suggestion_id uuid NOT NULL,
    sent integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone,
    escalated_at timestamp with time zone,
    CONSTRAINT suggestion_reminders_sent_check CHECK ((sent >= 0))
);
ALTER TABLE ONLY public.suggestion_reminders FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.suggestion_reminders ADD CONSTRAINT suggestion_reminders_pkey PRIMARY KEY (organization_id, suggestion_id);
ALTER TABLE ONLY public.suggestion_reminders ADD CONSTRAINT suggestion_reminders_organization_id_suggestion_id_fkey FOREIGN KEY (organization_id, suggestion_id) REFERENCES public.ai_insights_log(organization_id, id) ON DELETE CASCADE;
CREATE INDEX suggestion_reminders_due ON public.suggestion_reminders USING btree (next_at) WHERE (next_at IS NOT NULL);
ALTER TABLE public.suggestion_reminders ENABLE ROW LEVEL SECURITY;
CREATE POLICY owner_clears ON public.suggestion_reminders TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY system_reminds ON public.suggestion_reminders TO eventflow_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.suggestion_reminders TO eventflow_system;
GRANT UPDATE(escalated_at) ON TABLE public.suggestion_reminders TO eventflow_system;
GRANT UPDATE(next_at) ON TABLE public.suggestion_reminders TO eventflow_system;
GRANT UPDATE(sent) ON TABLE public.suggestion_reminders TO eventflow_system;

-- public.user_ai_stats
CREATE VIEW public.user_ai_stats WITH (security_invoker='true') AS
 SELECT user_id,
    count(DISTINCT conversation_id) AS total_conversations,
    count(*) AS total_runs,
    sum(total_tokens) AS total_tokens,
    sum(estimated_cost_usd) AS total_cost,
    avg(duration_ms) AS avg_duration_ms,
    max(created_at) AS last_run_at,
    organization_id
   FROM public.ai_runs
  WHERE (created_at >= (now() - '30 days'::interval))
  GROUP BY organization_id, user_id;
GRANT SELECT ON TABLE public.user_ai_stats TO authenticated;
GRANT SELECT ON TABLE public.user_ai_stats TO eventflow_operator;

-- public.user_profiles
CREATE TABLE public.user_profiles (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid NOT NULL,
    kind text DEFAULT 'person'::text NOT NULL,
    email text,
    full_name text NOT NULL,
    role text NOT NULL,
    locale text DEFAULT 'en'::text NOT NULL,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT user_profiles_check CHECK (((kind = 'command_line'::text) OR (email IS NOT NULL))),
    CONSTRAINT user_profiles_full_name_check CHECK (((length(btrim(full_name)) >= 1) AND (length(btrim(full_name)) <= 200))),
    CONSTRAINT user_profiles_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'command_line'::text]))),
    CONSTRAINT user_profiles_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'staff'::text, 'viewer'::text])))
);
ALTER TABLE ONLY public.user_profiles FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.user_profiles IS 'reference table: whose organisation a caller belongs to';
ALTER TABLE ONLY public.user_profiles ADD CONSTRAINT user_profiles_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.user_profiles ADD CONSTRAINT user_profiles_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);
CREATE UNIQUE INDEX user_profiles_by_id ON public.user_profiles USING btree (id);
CREATE UNIQUE INDEX user_profiles_command_line ON public.user_profiles USING btree (organization_id) WHERE (kind = 'command_line'::text);
CREATE UNIQUE INDEX user_profiles_email ON public.user_profiles USING btree (organization_id, lower(email));
CREATE TRIGGER end_access AFTER UPDATE OF is_active ON public.user_profiles FOR EACH ROW WHEN ((old.is_active AND (NOT new.is_active))) EXECUTE FUNCTION app.end_access();
CREATE TRIGGER keep_an_owner BEFORE UPDATE OF role, is_active ON public.user_profiles FOR EACH ROW WHEN (((old.kind = 'person'::text) AND (old.role = 'owner'::text) AND old.is_active AND (NOT ((new.role = 'owner'::text) AND new.is_active)))) EXECUTE FUNCTION app.keep_an_owner();
ALTER TABLE public.user_profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY caller_lookup ON public.user_profiles FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY members_read ON public.user_profiles FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY operator_inserts ON public.user_profiles FOR INSERT TO eventflow_operator WITH CHECK (true);
CREATE POLICY operator_reads ON public.user_profiles FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY operator_updates ON public.user_profiles FOR UPDATE TO eventflow_operator USING (true) WITH CHECK (true);
CREATE POLICY owners_update ON public.user_profiles FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = 'owner'::text))) WITH CHECK ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY system_reads ON public.user_profiles FOR SELECT TO eventflow_system USING (true);
GRANT SELECT ON TABLE public.user_profiles TO authenticated;
GRANT SELECT ON TABLE public.user_profiles TO eventflow_system;
GRANT SELECT,INSERT,UPDATE ON TABLE public.user_profiles TO eventflow_operator;
GRANT UPDATE(full_name) ON TABLE public.user_profiles TO authenticated;
GRANT UPDATE(is_active) ON TABLE public.user_profiles TO authenticated;
GRANT UPDATE(locale) ON TABLE public.user_profiles TO authenticated;
GRANT UPDATE(role) ON TABLE public.user_profiles TO authenticated;
GRANT UPDATE(timezone) ON TABLE public.user_profiles TO authenticated;

-- public.vendors
CREATE TABLE public.vendors (
    id uuid DEFAULT app.new_id() NOT NULL,
    organization_id uuid DEFAULT app.organization_id() NOT NULL,
    name text NOT NULL,
    name_key text GENERATED ALWAYS AS (app.name_key(name)) STORED NOT NULL,
    category text,
    phone text,
    email text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.vendors FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.vendors ADD CONSTRAINT vendors_key PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY public.vendors ADD CONSTRAINT vendors_organization_id_name_key_key UNIQUE (organization_id, name_key);
ALTER TABLE ONLY public.vendors ADD CONSTRAINT vendors_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);
ALTER TABLE public.vendors ENABLE ROW LEVEL SECURITY;
CREATE POLICY managers_delete ON public.vendors FOR DELETE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_insert ON public.vendors FOR INSERT TO authenticated WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY managers_update ON public.vendors FOR UPDATE TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text])))) WITH CHECK (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) = ANY (ARRAY['owner'::text, 'manager'::text]))));
CREATE POLICY members_read ON public.vendors FOR SELECT TO authenticated USING (((organization_id = ( SELECT app.organization_id() AS organization_id)) AND (( SELECT app.role() AS role) <> 'viewer'::text)));
CREATE POLICY proof_reads ON public.vendors FOR SELECT TO CURRENT_USER USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.vendors TO authenticated;

-- public.workspaces
CREATE TABLE public.workspaces (
    organization_id uuid NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    managers_channel text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.workspaces FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.workspaces IS 'reference table: whose organisation a workspace belongs to';
ALTER TABLE ONLY public.workspaces ADD CONSTRAINT workspaces_pkey PRIMARY KEY (organization_id, platform, workspace);
ALTER TABLE ONLY public.workspaces ADD CONSTRAINT workspaces_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);
CREATE UNIQUE INDEX workspaces_claimed_once ON public.workspaces USING btree (platform, workspace);
ALTER TABLE public.workspaces ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON public.workspaces FOR SELECT TO authenticated USING ((organization_id = ( SELECT app.organization_id() AS organization_id)));
CREATE POLICY operator_deletes ON public.workspaces FOR DELETE TO eventflow_operator USING (true);
CREATE POLICY operator_inserts ON public.workspaces FOR INSERT TO eventflow_operator WITH CHECK (true);
CREATE POLICY operator_reads ON public.workspaces FOR SELECT TO eventflow_operator USING (true);
CREATE POLICY operator_updates ON public.workspaces FOR UPDATE TO eventflow_operator USING (true) WITH CHECK (true);
CREATE POLICY owner_reads ON public.workspaces FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY system_reads ON public.workspaces FOR SELECT TO eventflow_system USING (true);
GRANT SELECT ON TABLE public.workspaces TO authenticated;
GRANT SELECT ON TABLE public.workspaces TO eventflow_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.workspaces TO eventflow_operator;

-- acl
GRANT USAGE ON SCHEMA app TO authenticated;
GRANT USAGE ON SCHEMA app TO eventflow_system;
GRANT USAGE ON SCHEMA app TO eventflow_operator;
REVOKE ALL ON FUNCTION app.access_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.access_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.append_history(entry public.ai_insights_log, status_before text) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.applied_migrations() FROM PUBLIC;
GRANT ALL ON FUNCTION app.applied_migrations() TO eventflow_system;
REVOKE ALL ON FUNCTION app.assert_access_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_access_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_checklist_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_checklist_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_delegation_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_delegation_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_event_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_event_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_one(rows_hit bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_one(rows_hit bigint) TO authenticated;
GRANT ALL ON FUNCTION app.assert_one(rows_hit bigint) TO eventflow_system;
GRANT ALL ON FUNCTION app.assert_one(rows_hit bigint) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.assert_participant_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_participant_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_policy_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_policy_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_room_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_room_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_schedule_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_schedule_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_unchanged(facts jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_unchanged(facts jsonb, shown_digest text) TO authenticated;
GRANT ALL ON FUNCTION app.assert_unchanged(facts jsonb, shown_digest text) TO eventflow_system;
GRANT ALL ON FUNCTION app.assert_unchanged(facts jsonb, shown_digest text) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.assert_vendor_record_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_vendor_record_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.assert_vendor_unchanged(change jsonb, shown_digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.assert_vendor_unchanged(change jsonb, shown_digest text) TO authenticated;
REVOKE ALL ON FUNCTION app.buffer_minutes() FROM PUBLIC;
GRANT ALL ON FUNCTION app.buffer_minutes() TO authenticated;
REVOKE ALL ON FUNCTION app.chain_step() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.check_step() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.checklist_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.checklist_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.copy_room_rule() FROM PUBLIC;
GRANT ALL ON FUNCTION app.copy_room_rule() TO authenticated;
REVOKE ALL ON FUNCTION app.delegation_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.delegation_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.digest(facts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.digest(facts jsonb) TO authenticated;
GRANT ALL ON FUNCTION app.digest(facts jsonb) TO eventflow_system;
GRANT ALL ON FUNCTION app.digest(facts jsonb) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.end_access() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.enqueue(task text, job_lock text, job_args jsonb, runs_at timestamp with time zone, to_queue text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.enqueue(task text, job_lock text, job_args jsonb, runs_at timestamp with time zone, to_queue text) TO eventflow_system;
REVOKE ALL ON FUNCTION app.entry_facts(entry public.ai_insights_log) FROM PUBLIC;
GRANT ALL ON FUNCTION app.entry_facts(entry public.ai_insights_log) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.entry_title(before_state jsonb, action_data jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.entry_title(before_state jsonb, action_data jsonb) TO authenticated;
GRANT ALL ON FUNCTION app.entry_title(before_state jsonb, action_data jsonb) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.event_conflicts(in_event uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.event_conflicts(in_event uuid) TO authenticated;
REVOKE ALL ON FUNCTION app.event_fact(event public.events) FROM PUBLIC;
GRANT ALL ON FUNCTION app.event_fact(event public.events) TO authenticated;
REVOKE ALL ON FUNCTION app.event_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.event_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.event_span(first_day date, last_day date, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.event_span(first_day date, last_day date, zone text) TO authenticated;
REVOKE ALL ON FUNCTION app.facts_of(action_type text, args jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.facts_of(action_type text, args jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.first_waiting(session public.schedules, apart_from uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.first_waiting(session public.schedules, apart_from uuid[]) TO authenticated;
REVOKE ALL ON FUNCTION app.forget_person(of_organization uuid, person uuid, stand_in text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.forget_person(of_organization uuid, person uuid, stand_in text) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.free_slots(in_event uuid, window_start timestamp with time zone, window_end timestamp with time zone, minutes integer, in_room text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.free_slots(in_event uuid, window_start timestamp with time zone, window_end timestamp with time zone, minutes integer, in_room text) TO authenticated;
REVOKE ALL ON FUNCTION app.has_broken_glass(decided_from jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.has_broken_glass(decided_from jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.has_gesture(entry public.ai_insights_log, evidence jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.has_gesture(entry public.ai_insights_log, evidence jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.has_votes(entry public.ai_insights_log) FROM PUBLIC;
GRANT ALL ON FUNCTION app.has_votes(entry public.ai_insights_log) TO authenticated;
REVOKE ALL ON FUNCTION app.history_hash(step public.ai_insights_history) FROM PUBLIC;
GRANT ALL ON FUNCTION app.history_hash(step public.ai_insights_history) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.ids_of(args jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.is_a_word(entry public.ai_insights_log, typed text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.is_a_word(entry public.ai_insights_log, typed text) TO authenticated;
REVOKE ALL ON FUNCTION app.is_all_done(entry public.ai_insights_log) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.is_done(of_organization uuid, action_type text, args jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.is_moved(entry public.ai_insights_log) FROM PUBLIC;
GRANT ALL ON FUNCTION app.is_moved(entry public.ai_insights_log) TO authenticated;
REVOKE ALL ON FUNCTION app.is_seated(of_organization uuid, action_type text, args jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.keep_an_owner() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.letters(said text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.letters(said text) TO authenticated;
REVOKE ALL ON FUNCTION app.lines_of(action_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.lock_lines(lines jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.lock_lines(lines jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.made_by(action_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.may_approve(entry public.ai_insights_log, person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.may_approve(entry public.ai_insights_log, person uuid) TO authenticated;
REVOKE ALL ON FUNCTION app.name_key(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.name_key(name text) TO authenticated;
GRANT ALL ON FUNCTION app.name_key(name text) TO eventflow_system;
GRANT ALL ON FUNCTION app.name_key(name text) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.name_keys(names text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.name_keys(names text) TO authenticated;
GRANT ALL ON FUNCTION app.name_keys(names text) TO eventflow_system;
GRANT ALL ON FUNCTION app.name_keys(names text) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.names_in(names text, others text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.names_in(names text, others text) TO authenticated;
REVOKE ALL ON FUNCTION app.new_id() FROM PUBLIC;
GRANT ALL ON FUNCTION app.new_id() TO authenticated;
GRANT ALL ON FUNCTION app.new_id() TO eventflow_system;
GRANT ALL ON FUNCTION app.new_id() TO eventflow_operator;
REVOKE ALL ON FUNCTION app.note_step() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.organization_id() FROM PUBLIC;
GRANT ALL ON FUNCTION app.organization_id() TO authenticated;
GRANT ALL ON FUNCTION app.organization_id() TO eventflow_system;
GRANT ALL ON FUNCTION app.organization_id() TO eventflow_operator;
REVOKE ALL ON FUNCTION app.organization_of_chat(of_platform text, of_workspace text, of_user text) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.organization_of_copy(job_args jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.organization_of_copy(job_args jsonb) TO eventflow_system;
REVOKE ALL ON FUNCTION app.organization_of_job(job_args jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.organization_zone(of_organization uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.organization_zone(of_organization uuid) TO eventflow_operator;
GRANT ALL ON FUNCTION app.organization_zone(of_organization uuid) TO eventflow_system;
REVOKE ALL ON FUNCTION app.participant_fact(person public.participants) FROM PUBLIC;
GRANT ALL ON FUNCTION app.participant_fact(person public.participants) TO authenticated;
REVOKE ALL ON FUNCTION app.participant_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.participant_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.participant_outlines(in_event uuid, in_session uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.participant_outlines(in_event uuid, in_session uuid) TO authenticated;
REVOKE ALL ON FUNCTION app.paused_until() FROM PUBLIC;
GRANT ALL ON FUNCTION app.paused_until() TO authenticated;
REVOKE ALL ON FUNCTION app.people_touched(sessions uuid[], people uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.people_touched(sessions uuid[], people uuid[]) TO authenticated;
REVOKE ALL ON FUNCTION app.person_fact(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.person_fact(person uuid) TO authenticated;
REVOKE ALL ON FUNCTION app.person_returns(person uuid, the_event public.events) FROM PUBLIC;
GRANT ALL ON FUNCTION app.person_returns(person uuid, the_event public.events) TO authenticated;
REVOKE ALL ON FUNCTION app.places_taken(change jsonb, was public.schedules) FROM PUBLIC;
GRANT ALL ON FUNCTION app.places_taken(change jsonb, was public.schedules) TO authenticated;
REVOKE ALL ON FUNCTION app.plain_values(of_row jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.policy_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.policy_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.policy_version() FROM PUBLIC;
GRANT ALL ON FUNCTION app.policy_version() TO authenticated;
REVOKE ALL ON FUNCTION app.prove_executed() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.queue_of(task text, job_args jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.queue_of(task text, job_args jsonb) TO eventflow_system;
REVOKE ALL ON FUNCTION app.receive(from_platform text, from_workspace text, delivery text, job_lock text, body jsonb, kind text, sender text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.receive(from_platform text, from_workspace text, delivery text, job_lock text, body jsonb, kind text, sender text) TO eventflow_system;
REVOKE ALL ON FUNCTION app.restore_links(person uuid, links jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.restore_links(person uuid, links jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.retention_days(of_organization uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.retention_days(of_organization uuid) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.role() FROM PUBLIC;
GRANT ALL ON FUNCTION app.role() TO authenticated;
GRANT ALL ON FUNCTION app.role() TO eventflow_system;
GRANT ALL ON FUNCTION app.role() TO eventflow_operator;
REVOKE ALL ON FUNCTION app.room_fact(room public.rooms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.room_fact(room public.rooms) TO authenticated;
REVOKE ALL ON FUNCTION app.room_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.room_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.room_is_there(room public.rooms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.room_is_there(room public.rooms) TO authenticated;
REVOKE ALL ON FUNCTION app.schedule_alternatives(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.schedule_alternatives(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.schedule_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.schedule_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.search_sessions(wanted text, in_event uuid, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_sessions(wanted text, in_event uuid, at_most integer) TO authenticated;
REVOKE ALL ON FUNCTION app.seats_beside(beside jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.seats_beside(beside jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.session_capacity(session public.schedules) FROM PUBLIC;
GRANT ALL ON FUNCTION app.session_capacity(session public.schedules) TO authenticated;
REVOKE ALL ON FUNCTION app.session_fact(session public.schedules) FROM PUBLIC;
GRANT ALL ON FUNCTION app.session_fact(session public.schedules) TO authenticated;
REVOKE ALL ON FUNCTION app.session_returns(change jsonb, the_event public.events) FROM PUBLIC;
GRANT ALL ON FUNCTION app.session_returns(change jsonb, the_event public.events) TO authenticated;
REVOKE ALL ON FUNCTION app.sessions_beside(beside jsonb, the_event public.events, apart_from uuid, wanted_room text, wanted_speakers text[], starts timestamp with time zone, ends timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.sessions_beside(beside jsonb, the_event public.events, apart_from uuid, wanted_room text, wanted_speakers text[], starts timestamp with time zone, ends timestamp with time zone) TO authenticated;
REVOKE ALL ON FUNCTION app.settle_head() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.shared_rooms(of_organization uuid, of_event uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.shared_rooms(of_organization uuid, of_event uuid) TO authenticated;
GRANT ALL ON FUNCTION app.shared_rooms(of_organization uuid, of_event uuid) TO eventflow_system;
REVOKE ALL ON FUNCTION app.shown_in(of_organization uuid, suggestion uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.shown_in(of_organization uuid, suggestion uuid) TO authenticated;
GRANT ALL ON FUNCTION app.shown_in(of_organization uuid, suggestion uuid) TO eventflow_operator;
REVOKE ALL ON FUNCTION app.sort_queue() FROM PUBLIC;
GRANT ALL ON FUNCTION app.sort_queue() TO eventflow_system;
REVOKE ALL ON FUNCTION app.spread_room_rule() FROM PUBLIC;
GRANT ALL ON FUNCTION app.spread_room_rule() TO authenticated;
REVOKE ALL ON FUNCTION app.step_outlines(of_suggestion uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.step_outlines(of_suggestion uuid) TO authenticated;
REVOKE ALL ON FUNCTION app.suggestion_outlines(only_id uuid, in_event uuid, with_status text, executed_since timestamp with time zone, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.suggestion_outlines(only_id uuid, in_event uuid, with_status text, executed_since timestamp with time zone, at_most integer) TO authenticated;
REVOKE ALL ON FUNCTION app.sweep(from_table text, most bigint, is_dry boolean, only_organization uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.sweep(from_table text, most bigint, is_dry boolean, only_organization uuid) TO eventflow_system;
REVOKE ALL ON FUNCTION app.take_heads(of_organizations uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.take_heads(of_organizations uuid[]) TO eventflow_system;
REVOKE ALL ON FUNCTION app.touch_row() FROM PUBLIC;
GRANT ALL ON FUNCTION app.touch_row() TO authenticated;
GRANT ALL ON FUNCTION app.touch_row() TO eventflow_system;
GRANT ALL ON FUNCTION app.touch_row() TO eventflow_operator;
REVOKE ALL ON FUNCTION app.user_id() FROM PUBLIC;
GRANT ALL ON FUNCTION app.user_id() TO authenticated;
GRANT ALL ON FUNCTION app.user_id() TO eventflow_system;
GRANT ALL ON FUNCTION app.user_id() TO eventflow_operator;
REVOKE ALL ON FUNCTION app.vendor_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.vendor_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.vendor_outlines(in_event uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.vendor_outlines(in_event uuid) TO authenticated;
REVOKE ALL ON FUNCTION app.vendor_record_facts(change jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.vendor_record_facts(change jsonb) TO authenticated;
REVOKE ALL ON FUNCTION app.why_not_decide(before public.ai_insights_log, after public.ai_insights_log) FROM PUBLIC;
GRANT ALL ON FUNCTION app.why_not_decide(before public.ai_insights_log, after public.ai_insights_log) TO authenticated;
REVOKE ALL ON FUNCTION public.check_speaker_conflicts(p_event_id uuid, p_speaker_name text, p_start_time timestamp with time zone, p_end_time timestamp with time zone, p_exclude_schedule_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.check_speaker_conflicts(p_event_id uuid, p_speaker_name text, p_start_time timestamp with time zone, p_end_time timestamp with time zone, p_exclude_schedule_id uuid) TO authenticated;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO eventflow_system;
GRANT USAGE ON SCHEMA public TO eventflow_operator;

-- comment
COMMENT ON SCHEMA public IS 'standard public schema';

-- function
CREATE FUNCTION app.access_facts(change jsonb) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.append_history(entry public.ai_insights_log, status_before text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.applied_migrations() RETURNS TABLE(name text, checksum text) LANGUAGE plpgsql STABLE SECURITY DEFINER;
CREATE FUNCTION app.assert_access_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_checklist_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_delegation_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_event_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_one(rows_hit bigint) RETURNS void LANGUAGE plpgsql IMMUTABLE;
CREATE FUNCTION app.assert_participant_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_policy_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_room_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_schedule_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_unchanged(facts jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.assert_vendor_record_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.assert_vendor_unchanged(change jsonb, shown_digest text) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.buffer_minutes() RETURNS integer LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.chain_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.check_step() RETURNS trigger LANGUAGE plpgsql;
CREATE FUNCTION app.checklist_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.copy_room_rule() RETURNS trigger LANGUAGE plpgsql;
CREATE FUNCTION app.delegation_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.digest(facts jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.end_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.enqueue(task text, job_lock text, job_args jsonb, runs_at timestamp with time zone DEFAULT NULL::timestamp with time zone, to_queue text DEFAULT NULL::text) RETURNS bigint LANGUAGE plpgsql;
CREATE FUNCTION app.entry_facts(entry public.ai_insights_log) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.entry_title(before_state jsonb, action_data jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.event_conflicts(in_event uuid) RETURNS TABLE(kind text, session_id uuid, other_id uuid, details jsonb) LANGUAGE sql STABLE ROWS 20;
CREATE FUNCTION app.event_fact(event public.events) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.event_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.event_span(first_day date, last_day date, zone text) RETURNS TABLE(opens timestamp with time zone, last_start timestamp with time zone, closes timestamp with time zone) LANGUAGE sql IMMUTABLE ROWS 1;
CREATE FUNCTION app.facts_of(action_type text, args jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.first_waiting(session public.schedules, apart_from uuid[]) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.forget_person(of_organization uuid, person uuid, stand_in text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.free_slots(in_event uuid, window_start timestamp with time zone, window_end timestamp with time zone, minutes integer, in_room text DEFAULT NULL::text) RETURNS TABLE(room text, capacity integer, start_time timestamp with time zone, end_time timestamp with time zone) LANGUAGE sql STABLE;
CREATE FUNCTION app.has_broken_glass(decided_from jsonb) RETURNS boolean LANGUAGE sql STABLE;
CREATE FUNCTION app.has_gesture(entry public.ai_insights_log, evidence jsonb) RETURNS boolean LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.has_votes(entry public.ai_insights_log) RETURNS boolean LANGUAGE sql STABLE;
CREATE FUNCTION app.history_hash(step public.ai_insights_history) RETURNS text LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.ids_of(args jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.is_a_word(entry public.ai_insights_log, typed text) RETURNS boolean LANGUAGE sql STABLE;
CREATE FUNCTION app.is_all_done(entry public.ai_insights_log) RETURNS boolean LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.is_done(of_organization uuid, action_type text, args jsonb) RETURNS boolean LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.is_moved(entry public.ai_insights_log) RETURNS boolean LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.is_seated(of_organization uuid, action_type text, args jsonb) RETURNS boolean LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.keep_an_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.letters(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.lines_of(action_data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.lock_lines(lines jsonb) RETURNS void LANGUAGE plpgsql;
CREATE FUNCTION app.made_by(action_data jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.may_approve(entry public.ai_insights_log, person uuid) RETURNS boolean LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.name_keys(names text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION app.names_in(names text, others text) RETURNS text[] LANGUAGE sql IMMUTABLE;
CREATE FUNCTION app.new_id() RETURNS uuid LANGUAGE sql PARALLEL SAFE;
CREATE FUNCTION app.note_step() RETURNS trigger LANGUAGE plpgsql;
CREATE FUNCTION app.organization_id() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE;
CREATE FUNCTION app.organization_of_chat(of_platform text, of_workspace text, of_user text) RETURNS uuid LANGUAGE sql STABLE;
CREATE FUNCTION app.organization_of_copy(job_args jsonb) RETURNS uuid LANGUAGE sql STABLE;
CREATE FUNCTION app.organization_of_job(job_args jsonb) RETURNS uuid LANGUAGE sql STABLE;
CREATE FUNCTION app.organization_zone(of_organization uuid) RETURNS text LANGUAGE sql STABLE;
CREATE FUNCTION app.participant_fact(person public.participants) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.participant_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.participant_outlines(in_event uuid, in_session uuid DEFAULT NULL::uuid) RETURNS TABLE(organization_id uuid, event_id uuid, id uuid, full_name text, name_key text, is_vip boolean, checked_in_at timestamp with time zone) LANGUAGE plpgsql STABLE SECURITY DEFINER;
CREATE FUNCTION app.paused_until() RETURNS timestamp with time zone LANGUAGE sql STABLE SECURITY DEFINER;
CREATE FUNCTION app.people_touched(sessions uuid[], people uuid[]) RETURNS bigint LANGUAGE sql STABLE;
CREATE FUNCTION app.person_fact(person uuid) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.person_returns(person uuid, the_event public.events) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.places_taken(change jsonb, was public.schedules) RETURNS TABLE(kind integer, key text) LANGUAGE sql STABLE;
CREATE FUNCTION app.plain_values(of_row jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE;
CREATE FUNCTION app.policy_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.policy_version() RETURNS integer LANGUAGE sql STABLE;
CREATE FUNCTION app.prove_executed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.queue_of(task text, job_args jsonb) RETURNS text LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.receive(from_platform text, from_workspace text, delivery text, job_lock text, body jsonb, kind text DEFAULT NULL::text, sender text DEFAULT NULL::text) RETURNS boolean LANGUAGE plpgsql;
CREATE FUNCTION app.restore_links(person uuid, links jsonb) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.retention_days(of_organization uuid) RETURNS TABLE(what text, days integer) LANGUAGE sql STABLE;
CREATE FUNCTION app.role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE;
CREATE FUNCTION app.room_fact(room public.rooms) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.room_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.room_is_there(room public.rooms) RETURNS boolean LANGUAGE sql STABLE;
CREATE FUNCTION app.schedule_alternatives(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.schedule_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.search_sessions(wanted text, in_event uuid DEFAULT NULL::uuid, at_most integer DEFAULT 10) RETURNS TABLE(id uuid, event_id uuid, title text, start_time timestamp with time zone, end_time timestamp with time zone, room text, speaker_name text, status text, match real) LANGUAGE plpgsql STABLE SECURITY DEFINER;
CREATE FUNCTION app.seats_beside(beside jsonb) RETURNS TABLE(schedule_id uuid, participant_id uuid, comes boolean, waiting boolean, since timestamp with time zone) LANGUAGE sql IMMUTABLE;
CREATE FUNCTION app.session_capacity(session public.schedules) RETURNS integer LANGUAGE sql STABLE;
CREATE FUNCTION app.session_fact(session public.schedules) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.session_returns(change jsonb, the_event public.events) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.sessions_beside(beside jsonb, the_event public.events, apart_from uuid, wanted_room text, wanted_speakers text[], starts timestamp with time zone, ends timestamp with time zone) RETURNS TABLE(fact jsonb, in_room boolean, with_speaker boolean) LANGUAGE sql STABLE;
CREATE FUNCTION app.settle_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.shared_rooms(of_organization uuid, of_event uuid) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER;
CREATE FUNCTION app.shown_in(of_organization uuid, suggestion uuid) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.sort_queue() RETURNS bigint LANGUAGE plpgsql;
CREATE FUNCTION app.spread_room_rule() RETURNS trigger LANGUAGE plpgsql;
CREATE FUNCTION app.step_outlines(of_suggestion uuid) RETURNS TABLE("position" bigint, at timestamp with time zone, from_status text, to_status text, actor text) LANGUAGE sql STABLE SECURITY DEFINER;
CREATE FUNCTION app.suggestion_outlines(only_id uuid DEFAULT NULL::uuid, in_event uuid DEFAULT NULL::uuid, with_status text DEFAULT NULL::text, executed_since timestamp with time zone DEFAULT NULL::timestamp with time zone, at_most integer DEFAULT NULL::integer) RETURNS TABLE(organization_id uuid, id uuid, event_id uuid, event text, kind text, action_type text, title text, effect text, zone text, risk text, is_blocked boolean, execution_status text, suggested_at timestamp with time zone, created_at timestamp with time zone, decided_at timestamp with time zone, executed_at timestamp with time zone, deadline timestamp with time zone, asked_by text, decided_by text, approved_by text, superseded_by uuid, conflicts text[], affected integer, vips text[], changed jsonb, was jsonb) LANGUAGE plpgsql STABLE SECURITY DEFINER;
CREATE FUNCTION app.sweep(from_table text, most bigint, is_dry boolean, only_organization uuid DEFAULT NULL::uuid) RETURNS TABLE(organization_id uuid, swept bigint) LANGUAGE plpgsql SECURITY DEFINER;
CREATE FUNCTION app.take_heads(of_organizations uuid[]) RETURNS TABLE(organization_id uuid, "position" bigint, hash text) LANGUAGE sql SECURITY DEFINER;
CREATE FUNCTION app.touch_row() RETURNS trigger LANGUAGE plpgsql;
CREATE FUNCTION app.user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE;
CREATE FUNCTION app.vendor_facts(change jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE;
CREATE FUNCTION app.vendor_outlines(in_event uuid) RETURNS TABLE(organization_id uuid, event_id uuid, id uuid, name text, category text, status text, arrives_at timestamp with time zone) LANGUAGE sql STABLE SECURITY DEFINER;
CREATE FUNCTION app.vendor_record_facts(change jsonb) RETURNS jsonb LANGUAGE sql STABLE;
CREATE FUNCTION app.why_not_decide(before public.ai_insights_log, after public.ai_insights_log) RETURNS text LANGUAGE plpgsql STABLE;
CREATE FUNCTION public.check_speaker_conflicts(p_event_id uuid, p_speaker_name text, p_start_time timestamp with time zone, p_end_time timestamp with time zone, p_exclude_schedule_id uuid DEFAULT NULL::uuid) RETURNS TABLE(conflict_id uuid, conflict_title text, conflict_start timestamp with time zone, conflict_end timestamp with time zone, room text, speaker_name text) LANGUAGE sql STABLE ROWS 5;

-- schema
CREATE SCHEMA app;
CREATE SCHEMA public;
