"""Settings of gunicorn for one process of the tool: `lokaltmot lti serve --gunicorn FILE`."""

workers = 2  # in total over the processes that nginx uses: the number of cores
threads = 8
timeout = 60  # longer than the tool waits for a list of participants (25 s)
graceful_timeout = 30
keepalive = 75  # longer than in nginx (60 s), so that nginx closes the connection first
limit_request_line = 8190  # a platform may send a login as one long URL
max_requests = 20000
max_requests_jitter = 2000
forwarded_allow_ips = ""  # ignore forwarding headers from everybody
accesslog = None  # nginx writes one, without secrets
errorlog = "-"
worker_tmp_dir = "/dev/shm"  # noqa: S108  # only the heartbeat, no personal data
