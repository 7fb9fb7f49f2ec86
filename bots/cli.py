"""`eventflow`: every command of the program."""

import typer

from bots.commands.bench import bench
from bots.commands.demo import demo
from bots.commands.doctor import doctor
from bots.commands.importing import import_
from bots.commands.log import log
from bots.commands.people import channel, link, org, user
from bots.commands.running import migrate, serve, worker

app = typer.Typer(
    help="An AI co-worker for live events in Slack and Telegram: it proposes, a person decides.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(serve)
app.command()(worker)
app.command()(migrate)
app.command()(doctor)
app.command("import")(import_)
app.command()(link)
app.command()(log)
app.command()(bench)
app.add_typer(org, name="org")
app.add_typer(user, name="user")
app.add_typer(channel, name="channel")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
