"""Style sheets, scripts and shapes, also while a new build takes the place of the one that this server began with.

WhiteNoise knows the files of the moment at which it began. Where one of them has gone since, it looks again; whoever
still asks by the name of an older build is given what has that place today, and it is kept by no browser.
"""

from time import monotonic
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise is untyped
    """WhiteNoise that survives a new build under its feet: a file, or a 404, never a broken page."""

    files: dict[str, Any]
    # Seconds between two looks, so that nonsense names keep no server busy.
    pause = 1.0
    looked = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A file as it is, else what stands in its place today, else the page of that address."""
        path = request.path_info
        if self.autorefresh or path in self.files or not path.startswith(self.static_prefix):
            answer: HttpResponseBase = super().__call__(request)
            return answer
        return self._instead(request) or self.get_response(request)

    def serve(self, static_file: object, request: HttpRequest) -> HttpResponseBase:
        """The file; where it has gone, what took its place."""
        try:
            found: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)
        except OSError:
            return self._instead(request) or HttpResponse(status=404, headers={"Cache-Control": "no-store"})
        return found

    def _instead(self, request: HttpRequest) -> HttpResponseBase | None:
        """The file of today under this name, or under this name without the mark of a build."""
        self._look_again()
        path = request.path_info
        plain = self.static_prefix + self.get_name_without_hash(path.removeprefix(self.static_prefix))
        for name in (path, plain):
            try:
                answer: HttpResponseBase = WhiteNoiseMiddleware.serve(self.files[name], request)
            except (KeyError, OSError):
                continue
            if name != path:
                answer["Cache-Control"] = "no-store"
            return answer
        return None

    def _look_again(self) -> None:
        """Read anew which files there are, and by which names pages call them; half a build changes no names."""
        if monotonic() - self.looked < self.pause:
            return
        self.files, self.looked = type(self)(self.get_response).files, monotonic()
        storage: Any = staticfiles_storage
        names, mark = storage.load_manifest() if hasattr(storage, "load_manifest") else ({}, "")
        if names:
            storage.hashed_files, storage.manifest_hash = names, mark
