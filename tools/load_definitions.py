"""Load the code location as Dagster would, in a scratch home, and fail loudly when it does not load."""

import os
import sys
import tempfile


def main() -> int:
    """0 when the definitions load and every job resolves."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CSC_HOME"] = scratch
        from orchestration.definitions import defs

        repository = defs.get_repository_def()
        jobs = sorted(job.name for job in repository.get_all_jobs())
        assets = len(list(repository.asset_graph.get_all_asset_keys()))
        sys.stdout.write(f"definitions load: {assets} assets, jobs {', '.join(jobs)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
