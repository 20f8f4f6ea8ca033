"""A JupyterHub for one course on one machine: users of the system, whose servers run as they themselves.

`install` copies this file to ``etc/`` in the hub's folder, where nobody but root may change it. All that it needs to
know is read from that folder: who the instructor is (the owner of ``course``), and who may log in (the group of
``exchange``). Options of the command, such as ``--JupyterHub.bind_url``, win over what stands here.
"""

import os
import pwd
import sys
from pathlib import Path

c = get_config()  # noqa: F821  (traitlets defines it)
top = Path(__file__).resolve().parents[1]
course, exchange, state = top / "course", top / "exchange", top / "state"

if os.geteuid() != 0:
    sys.exit("The hub was started without root, and only root may start servers as other users: start it with sudo.")
for path in (course / ".venv" / "bin" / "jupyterhub-singleuser", exchange, top / "env", top / "proxy", state):
    if not path.exists():
        sys.exit(f"{path} is not there. Run docs/deploy/install again: it makes what is missing.")
instructor, group = course.owner(), exchange.group()

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # this machine only; what serves the network speaks TLS before it
c.JupyterHub.db_url = f"sqlite:///{state}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
c.ConfigurableHTTPProxy.command = [str(top / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy")]

c.JupyterHub.authenticator_class = "pam"
c.Authenticator.blocked_users = {"root"}
c.LocalAuthenticator.allowed_groups = {group}

c.Spawner.cmd = [str(top / "env" / "bin" / "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
# A first start reads all of JupyterLab from the disk.
c.Spawner.start_timeout = c.Spawner.http_timeout = 120


def prepared(spawner):
    """Close a user's home folder to the others; give the instructor the checkout, with its grader and formgrader."""
    Path(pwd.getpwnam(spawner.user.name).pw_dir).chmod(0o700)  # Debian's useradd lets everybody read it
    if spawner.user.name == instructor:
        spawner.cmd = [str(course / ".venv" / "bin" / "jupyterhub-singleuser")]
        spawner.notebook_dir = str(course)
        spawner.environment["JUPYTER_CONFIG_PATH"] = str(course)  # nbgrader finds the checkout's nbgrader_config.py


c.Spawner.pre_spawn_hook = prepared
