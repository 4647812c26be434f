"""Where the dbt project is, and the variables that tell dbt which warehouse to build in. Running it is elsewhere."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from assets.warehouse.engine import WarehouseError

PROJECT_DIR = Path(__file__).resolve().parents[2] / "dbt_project"


def dbt_environment(url: str, threads: int, memory_limit_gb: float) -> dict[str, str]:
    """CSC_DBT_* variables for a warehouse URL, as dbt_project/profiles.yml reads them.

    Raises WarehouseError for a URL that is neither `duckdb:///path` nor `postgresql://...`.
    """
    common = {"CSC_DBT_THREADS": str(threads), "CSC_DBT_MEMORY_LIMIT": f"{memory_limit_gb}GiB"}
    if url.startswith("duckdb:///"):
        return common | {"CSC_DBT_TARGET": "duckdb", "CSC_DBT_DUCKDB_PATH": url.removeprefix("duckdb:///")}
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgresql+psycopg2"):
        raise WarehouseError("a warehouse URL must start with duckdb:/// or postgresql://")
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return common | {
        "CSC_DBT_TARGET": "postgres",
        # a unix socket's folder comes as ?host=, as libpq has it
        "CSC_DBT_PG_HOST": given.get("host") or parts.hostname or "localhost",
        "CSC_DBT_PG_PORT": given.get("port") or str(parts.port or 5432),
        "CSC_DBT_PG_USER": unquote(parts.username or given.get("user", "postgres")),
        "CSC_DBT_PG_PASSWORD": unquote(parts.password or given.get("password", "")),
        "CSC_DBT_PG_DATABASE": unquote(parts.path.lstrip("/")) or given.get("dbname", "postgres"),
    }
