"""gunicorn's settings for one application process: `lokaltmot lti serve --gunicorn FILE`."""

workers = 2  # as many as there are cores, shared between the processes that nginx knows
threads = 8
timeout = 60  # longer than a teacher may wait for a roster (25 s)
graceful_timeout = 30
keepalive = 75  # longer than nginx keeps its own end (60 s), so that nginx is the one that hangs up
limit_request_line = 8190  # a platform's login may come as one long address
max_requests = 20000
max_requests_jitter = 2000
forwarded_allow_ips = ""  # nothing that a request says of itself is believed
accesslog = None  # nginx writes one, without anything secret
errorlog = "-"
worker_tmp_dir = "/dev/shm"  # noqa: S108  # a heartbeat, nothing of anybody's
