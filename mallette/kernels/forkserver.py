"""A process that forks kernels on request. Run as ``python -m mallette.kernels.forkserver FD FOLDER SETTINGS``.

It imports what notebooks need once, so that a kernel neither imports nor compiles anything: it shares the pages of
memory of this process. Three kinds of kernels are forked:

* an *ordinary* kernel runs what it is told;
* a *model* is an ordinary one in which a notebook has run; then, told to freeze, it closes its sockets and its threads
  and becomes such a process in turn;
* a *copy* is forked from a frozen model: all cells have run, all widgets exist. It only opens sockets of its own.

A request is one line of JSON and one or two descriptors: the life line of the kernel (it writes ``ready``, and dies
when the other end closes) and, for a model, the socket on which it will receive requests once frozen.
"""

from __future__ import annotations

import gc
import importlib
import itertools
import json
import logging
import os
import random
import shutil
import signal
import socket
import sys
import threading
import traceback
from contextlib import suppress

PRELOADED = ("ipykernel.kernelapp", "ipykernel.debugger", "ipywidgets")

_settings: dict = {}
_failures = itertools.count()
_generators: list[object] = []


def serve(requests: socket.socket) -> None:
    """Fork a kernel for each request until the server hangs up."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a copy: its life line tells its end
    gc.collect()
    gc.freeze()  # a collection in a copy would touch, and so duplicate, every page
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(requests, 64 * 1024, 2)
        except ConnectionError:
            message, descriptors = b"", []
        if not message:
            return
        order = json.loads(message)
        if order.get("dismissed"):  # the folder is still wanted
            os._exit(0)
        child = os.fork()
        if child == 0:
            requests.close()
            serve(_kernel(order, *(socket.socket(fileno=fd) for fd in descriptors)))
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)
        with suppress(ConnectionError):
            requests.sendall(json.dumps({"pid": child}).encode())


def _kernel(order: dict, life: socket.socket, requests: socket.socket | None = None) -> socket.socket:
    """Be a kernel. Returns the socket of requests once the model is frozen; a copy never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _reseed()
    if order.get("cwd"):
        os.chdir(order["cwd"])
    app = (_ordinary if order.get("new") else _copy)(order["connection_file"])
    from tornado.ioloop import IOLoop

    loop = IOLoop.current()
    loop.add_handler(life.fileno(), lambda *_: os._exit(0), IOLoop.READ)
    if requests is not None:
        # The first byte of the socket of requests is the order to freeze.
        loop.add_handler(requests.fileno(), lambda *_: loop.stop(), IOLoop.READ)
    loop.add_callback(life.sendall, b"ready\n")
    app.start()
    if requests is None or not requests.recv(1):
        os._exit(0)
    return _freeze(app, loop, life, requests)


def _freeze(app: object, loop: object, life: socket.socket, requests: socket.socket) -> socket.socket:
    """Close the sockets and threads of a model, keep its shell, its variables and its widgets."""
    import asyncio

    from ipykernel.ipkernel import IPythonKernel

    loop.remove_handler(life.fileno())
    loop.remove_handler(requests.fileno())
    app.close()
    app.heartbeat.join(5)
    # pyzmq starts its own thread anew after a fork.
    threads = (thread for thread in threading.enumerate() if not type(thread).__module__.startswith("zmq."))
    others = [thread.name for thread in threads if thread is not threading.main_thread()]
    loop.close(all_fds=False)
    asyncio.set_event_loop(asyncio.new_event_loop())
    type(app).clear_instance()
    IPythonKernel.clear_instance()
    # A thread that a notebook started would be missing in the copies.
    life.sendall((json.dumps({"threads": others}) + "\n").encode())
    # Once here rather than in each copy:
    following = _new_application()
    _ = following.log, following.session, following.profile_dir
    _generators[:] = _find_generators()
    return requests


def _new_application() -> object:
    from ipykernel.kernelapp import IPKernelApp

    return IPKernelApp.instance(parent_handle=0, log_level=logging.CRITICAL, capture_fd_output=False)


def _ordinary(connection_file: str) -> object:
    app = _new_application()
    # No history file: nothing of a visitor is written, and its thread could not be forked.
    app.initialize(["-f", connection_file, "--HistoryManager.enabled=False"])
    import ipywidgets

    ipywidgets.register_comm_target()  # it looked for a shell when it was imported, and there was none
    return app


def _copy(connection_file: str) -> object:
    """Return a kernel around the shell of the model: only its sockets and threads are new."""
    from ipykernel.kernelapp import IPKernelApp
    from IPython.core.interactiveshell import InteractiveShell
    from jupyter_client.session import new_id

    app = IPKernelApp.instance()
    app.connection_file = connection_file
    app.session.pid = os.getpid()  # it refuses to speak for another process
    app.session.session = new_id()
    # What Application.initialize does besides (arguments, settings, start-up files) was done by the model.
    app.init_connection_file()
    app.init_sockets()
    app._ports = {}
    app.init_io()
    app.init_signal()
    modules = sys.modules
    sys.modules = {}  # the kernel lists the file of every module, for a debugger: 8 MB of shared pages to duplicate
    try:
        app.init_kernel()
    finally:
        sys.modules = modules
    app.init_shell()
    shell = InteractiveShell.instance()
    shell.kernel = shell.parent = app.kernel
    shell.showtraceback = _tell  # it would go to the visitor's page, with the folders of the laptop
    for comm in app.kernel.comm_manager.comms.values():
        comm.kernel = app.kernel
    return app


def _tell(*args: object, **kwargs: object) -> None:
    """Tell in the server's window that the callback of a widget failed: once a page, without what the visitor typed."""
    if next(_failures):
        return
    kind, _, trace = sys.exc_info()
    last = traceback.extract_tb(trace)[-1]
    print(
        f"Un outil a échoué dans la page d’une personne : {kind.__name__}, {os.path.basename(last.filename)} "
        f"ligne {last.lineno}.",
        file=sys.__stderr__,
        flush=True,
    )


def _reseed() -> None:
    """Give the copy its own chance: two visitors must not draw the same numbers, whatever seed a cell may have set."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    for generator in _generators:
        with suppress(Exception):  # of a kind that cannot: the page opens all the same
            if hasattr(generator, "seed"):
                generator.seed()
            else:
                generator.state = type(generator)().state


def _find_generators() -> list[object]:
    """Return the generators that the cells made, in a variable or inside any other object."""
    kinds: tuple[type, ...] = (random.Random,)
    if "numpy" in sys.modules:
        numpy = sys.modules["numpy"].random
        kinds += (numpy.RandomState, numpy.BitGenerator)  # a Generator draws from its BitGenerator
    found = [thing for thing in gc.get_objects() if issubclass(type(thing), kinds)]
    # A RandomState is seeded after its BitGenerator: it holds a number ready too.
    return sorted(found, key=lambda thing: hasattr(thing, "seed"))


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's: it ends us by hanging up
    requests = socket.socket(fileno=int(sys.argv[1]))
    sys.modules["debugpy"] = None  # no debugger in the kernel of a visitor; it is also slow to import and to fork
    _settings.update(json.loads(sys.argv[3]))
    for name in (*PRELOADED, *_settings["preload"]):
        importlib.import_module(name)
    requests.sendall(b"{}")
    serve(requests)
    # A server that was killed could not remove the keys of its kernels.
    shutil.rmtree(sys.argv[2], ignore_errors=True)


if __name__ == "__main__":
    main()
