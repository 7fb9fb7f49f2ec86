"""What Prometheus may count: numbers alone, never a name, a text or an organisation."""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
INBOUND = Counter(
    "eventflow_inbound_events_total", "Deliveries of chat platforms.", ["platform", "outcome"], registry=REGISTRY
)
JOBS = Counter(
    "eventflow_jobs_total",
    "Jobs that ended, or failed and will be tried again.",
    ["task", "outcome"],
    registry=REGISTRY,
)
JOB_SECONDS = Histogram("eventflow_job_seconds", "How long jobs run.", ["task"], registry=REGISTRY)
REFUSED = Counter(
    "eventflow_refused_requests_total", "Requests refused before they were whole.", ["status"], registry=REGISTRY
)
