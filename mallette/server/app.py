"""The workshop server: Voilà's application with a short route list of our own."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
from collections.abc import Callable

import tornado.httpserver
import tornado.ioloop
import tornado.web
from jupyter_core.utils import run_sync
from jupyter_server.auth import User
from traitlets import Any
from traitlets.config import Config
from voila.app import Voila as VoilaApp
from voila.app import _kernel_id_regex
from voila.static_file_handler import MultiStaticFileHandler
from voila.voila_identity_provider import VoilaIdentityProvider

from mallette.kernels.handlers import CopyConnection, KernelModel, KernelSocket
from mallette.kernels.manager import VisitorKernelManager
from mallette.kernels.processes import CAN_FORK, ForkServer
from mallette.kernels.runner import Runner
from mallette.paths import PACKAGE, ROOT_VARIABLE, Project
from mallette.server import exercises, handlers, local, network, portal, seance, workshops
from mallette.server.dashboards import ALIVE, DashboardPage, Dashboards
from mallette.server.rendering import FULL, Renderer
from mallette.surroundings import PRELOADED, kernel_environment, offer_to_jupyter

SERVER = PACKAGE / "server"
JUPYTER = (SERVER / "jupyter", PACKAGE / "kernels" / "jupyter")
"""Where Voilà finds the templates of the pages, and Jupyter the specification of forked kernels."""
ALLOWED_MESSAGES = ["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"]
"""What a page may say to its kernel: no code, and not to end it (Voilà also allows ``shutdown_request``)."""
FAILED_CALLBACK = "Un outil a échoué dans la page d’une personne : {error}, {file} ligne {line}."
MISSING_BOOK = "Le livre n’a pas encore été construit. La formatrice ou le formateur peut lancer « make livre »."
MISSING_DECKS = "Les diapositives n’ont pas encore été construites. « make diapos » les construit."


def configuration(course: Project) -> Config:
    """Return Voilà's settings; each answers a fault measured on the stock ones."""
    config = Config()
    config.VoilaConfiguration.template = FULL
    config.VoilaConfiguration.allow_template_override = "NO"  # ?template=unknown never ends
    config.VoilaConfiguration.allow_theme_override = "NO"  # ?theme= is copied raw into the page
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.extension_allowlist = [
        # Without the second one no widget renders; every other extension would only weigh on phones.
        "@jupyter-widgets/jupyterlab-manager",
        "@voila-dashboards/widgets-manager8",
        "anywidget",
    ]
    config.VoilaExporter.language_code = "fr"
    config.VoilaExecutor.cell_error_instruction = "Prévenez la formatrice ou le formateur, puis rechargez la page."
    if sys.platform != "win32":
        config.KernelManager.transport = "ipc"  # forty kernels at once pick each other's TCP ports
    config.VoilaConfiguration.multi_kernel_manager_class = VisitorKernelManager
    # Jupyter Server's own manager checks and emits events that nobody reads.
    config.MultiKernelManager.kernel_manager_class = "jupyter_client.ioloop.AsyncIOLoopKernelManager"
    config.Voila.kernel_websocket_connection_class = CopyConnection
    config.MappingKernelManager.buffer_offline_messages = False  # a page that returns tells where it stands
    config.Voila.tornado_settings = {
        "headers": handlers.HEADERS,
        "websocket_max_message_size": 64 * 1024,
        "compress_response": True,  # a room's Wi-Fi is slower than a laptop's gzip
        # No address of a visitor is written anywhere.
        "log_function": lambda handler: None,
        "default_handler_class": handlers.NotFound,
        "disable_check_xsrf": True,  # every request that changes something is checked for its origin
    }
    config.Voila.root_dir = str(course.workshops)
    config.Voila.identity_provider_class = Nobody
    config.Voila.open_browser = False
    config.Voila.config_file_paths = []
    config.Voila.log_level = logging.WARNING
    return config


class Nobody(VoilaIdentityProvider):
    """Visitors are nobody: Voilà's own provider would give each phone a pseudonym in a cookie of 30 days."""

    def get_user(self, handler: tornado.web.RequestHandler) -> User:
        return User(username="personne")


class Atelier(VoilaApp):
    """Serves the portal, the book, the decks and the dashboards of one course."""

    course = Any()
    workshops = Any()
    addresses = Any()
    dashboards = Any()
    seances = Any()
    on_ready = Any(lambda: None)
    progress = Any(lambda text: None)

    def init_handlers(self) -> list:
        """Return every route of the server; nothing else answers."""
        course: Project = self.course

        def portal_page() -> str:
            address = f"http://{self.seances.shown}:{self.port}/"
            return portal.render(course, self.workshops, address, in_room=self.seances.shown != network.LOOPBACK)

        routes = [
            (r"/", handlers.Page, {"render": portal_page}),
            *seance.routes(self.seances),
            *exercises.routes(self.seances),
            (r"/livre", handlers.of_kit(tornado.web.RedirectHandler), {"url": "/livre/"}),
            (r"/livre/(.*)", handlers.Files, {"path": str(course.html), "missing": MISSING_BOOK}),
            (r"/diapos/(.*)", handlers.Files, {"path": str(course.decks), "missing": MISSING_DECKS}),
            (r"/statique/atelier/(.*)", handlers.Asset),
            *handlers.styles(),
            (r"/statique/(figures\.css)", handlers.Files, {"path": str(PACKAGE / "figures")}),
            (r"/statique/(.*)", handlers.Files, {"path": str(SERVER / "static")}),
            (rf"/api/kernels/{_kernel_id_regex}", handlers.of_kit(KernelModel)),
            (rf"/api/kernels/{_kernel_id_regex}/channels", handlers.of_kit(KernelSocket)),
            (r"/voila/static/(.*)", handlers.of_kit(MultiStaticFileHandler), {"paths": self.static_paths}),
            *self._extension_routes(),
        ]
        pages = (DashboardPage, handlers.Dashboard)
        for slug in (item.unit.slug for item in self.workshops if item.notebook):
            routes += self._dashboard_routes(rf"/atelier/{re.escape(slug)}", slug, *pages)
        return routes + self._dashboard_routes(
            local.ADDRESS, local.NAME, local.Page, local.LivePage, context=self.seances
        )

    def _dashboard_routes(self, address: str, name: str, page: type, live: type, **more: object) -> list:
        shared = {"name": name, "dashboards": self.dashboards, "manager": self.kernel_manager, **more}
        if CAN_FORK:
            return [(address, page, shared)]
        return [
            (address, page, shared),
            (
                address + ALIVE,
                live,
                {
                    "notebook_path": f"{name}.ipynb",
                    "template_paths": self.template_paths,
                    "config": self.config,
                    "voila_configuration": self.voila_configuration,
                    **more,
                },
            ),
        ]

    def _extension_routes(self) -> list:
        wanted = ("/voila/labextensions/", "/voila/api/themes/")
        return [
            (pattern, handlers.of_kit(handler), *options)
            for pattern, handler, *options in super().init_handlers()
            if any(part in pattern for part in wanted)
        ]

    def start(self) -> None:
        """Serve until interrupted, then end every kernel."""
        sockets = network.bind(self.port, self.addresses)
        network.allow_many_connections()
        settings = self.init_settings()
        self.kernel_manager.allowed_message_types = ALLOWED_MESSAGES
        self.app = tornado.web.Application(**{**settings, **self.tornado_settings})
        runner = Runner(self.connection_dir, self._spawn if CAN_FORK else None)
        notebooks = [item.notebook for item in self.workshops if item.notebook]
        notebooks.append(workshops.convert(local.NAME, local.SOURCE, self.course, ahead=False))
        self.dashboards = Dashboards(self.course, notebooks, runner, Renderer(self))
        # A foreign Host header (DNS rebinding) meets no route.
        names = "|".join(re.escape(name) for name in {*self.addresses, "localhost", network.LOOPBACK})
        self.app.add_handlers(f"^({names})$", self.init_handlers())
        # Tornado's own limit is 100 MB in memory for each request.
        server = tornado.httpserver.HTTPServer(
            self.app, xheaders=False, max_body_size=64 * 1024, body_timeout=10, idle_connection_timeout=120
        )
        server.add_sockets(sockets)
        self.ioloop = tornado.ioloop.IOLoop.current()
        self.ioloop.add_callback(self.seances.start)
        self.ioloop.add_callback(self._open)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()
            self.seances.close()
            self.stop()

    async def _open(self) -> None:
        """Announce the workshop once its dashboards are ready: forty people may come in the same second."""
        await self.dashboards.prepare(self.progress)
        self.on_ready()

    async def _spawn(self) -> ForkServer:
        return await ForkServer.spawn(
            self.connection_dir, PRELOADED, kernel_environment(self.course.root, in_voila=True), FAILED_CALLBACK
        )

    def stop(self) -> None:
        """End the kernels, then forget their keys."""
        self.kernel_manager.stop()
        self.dashboards.close()
        run_sync(self.kernel_manager.shutdown_all)(now=True)
        shutil.rmtree(self.connection_dir, ignore_errors=True)


def serve(
    course: Project,
    ready: list[workshops.Workshop],
    seances: seance.Context,
    on_ready: Callable[[], None],
    keys: str,
    progress: Callable[[str], None] = lambda text: None,
) -> None:
    """Serve the course until Ctrl-C.

    Args:
        course: the course.
        ready: workshops to serve, see :func:`mallette.server.workshops.prepare`.
        seances: the séances, and the addresses and port to listen on.
        on_ready: called once the server answers and the dashboards have run.
        keys: folder of the kernels' keys, see :func:`mallette.kernels.processes.private_folder`.
        progress: called with a short French text as dashboards run.

    Raises:
        mallette.server.network.AddressError: the port or an address cannot be used.
    """
    os.environ[ROOT_VARIABLE] = str(course.root)
    offer_to_jupyter(*JUPYTER)
    app = Atelier(
        config=configuration(course),
        course=course,
        workshops=ready,
        seances=seances,
        addresses=seances.addresses,
        port=seances.port,
        connection_dir=keys,
    )
    app.on_ready, app.progress = on_ready, progress
    app.initialize([])
    app.start()
