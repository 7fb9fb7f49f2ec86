"""What Prometheus may count: numbers alone, never a name, a text or an organisation."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from core.conversations.runs.models import Ended

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
RUNS = Counter("eventflow_model_runs_total", "Runs of the model that ended.", ["model", "status"], registry=REGISTRY)
RUN_SECONDS = Histogram(
    "eventflow_model_run_seconds",
    "How long runs of the model take, their tools included.",
    ["model"],
    registry=REGISTRY,
    buckets=(0.25, 0.5, 1, 2, 4, 8, 16, 30, 60),
)
TOKENS = Counter(
    "eventflow_model_tokens_total",
    "Tokens of runs: input that was not cached, cached input, output, thoughts.",
    ["model", "kind"],
    registry=REGISTRY,
)
COST = Counter("eventflow_model_cost_dollars_total", "What runs cost, where it is known.", ["model"], registry=REGISTRY)
LIMIT_HITS = Counter(
    "eventflow_model_limit_hits_total",
    "Runs that were made to answer in words because they wanted ever more tools.",
    ["model"],
    registry=REGISTRY,
)


def count_run(model: str, ended: Ended) -> None:
    """Count a run that ended; what it does not know of tokens and cost counts for nothing."""
    cached = ended.cached or 0
    tokens = {
        "input": max((ended.prompt or 0) - cached, 0),
        "cached": cached,
        "output": ended.output or 0,
        "thoughts": ended.thoughts or 0,
    }
    RUNS.labels(model, ended.status).inc()
    RUN_SECONDS.labels(model).observe(ended.duration_ms / 1000)
    for kind, count in tokens.items():
        TOKENS.labels(model, kind).inc(count)
    COST.labels(model).inc((ended.cost_microdollars or 0) / 1_000_000)
    LIMIT_HITS.labels(model).inc(ended.hit_limit)
