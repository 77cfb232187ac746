"""What the doctor can mend; each says what it did, and how to undo it where that makes sense."""

from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.services.daemon_threads import in_thread
from qcc_desktop.services.doctor_ports import FIX_TAKEOVER, DoctorPorts
from qcc_desktop.system.doctor import certificates, files, port
from qcc_desktop.system.doctor.listeners import free_port_after


class Fixes:
    """The fixes by the id that a finding names."""

    def __init__(self, ports: DoctorPorts) -> None:
        self._ports = ports

    async def apply(self, fix_id: str) -> str:
        """Mend one thing; see `services.doctor.Doctor.fix`."""
        fixes = {
            port.FIX: self._choose_port,
            certificates.FIX: self._trust_node_extra,
            files.FIX_PERMISSIONS: self._make_private,
            files.FIX_RUNTIME: self._remove_runtime,
            FIX_TAKEOVER: self._put_back,
        }
        if fix_id not in fixes:
            raise InvalidInput({"fix": f"There is no fix {fix_id!r}."})
        try:
            return await fixes[fix_id]()
        except OSError as error:
            raise UserFacingError(
                f"This could not be mended: {error.strerror or type(error).__name__}."
            ) from error

    async def _choose_port(self) -> str:
        config, _ = await in_thread(self._ports.load_config)
        old = config.settings.server_port
        new = await in_thread(lambda: free_port_after(old))
        await self._ports.set_option("server.port", new)
        return (
            f"The proxy takes port {new} from its next start on."
            f" To undo: qcc-desktop config set server.port {old}"
        )

    async def _trust_node_extra(self) -> str:
        file = self._ports.environ.get(certificates.NODE, "")
        await self._ports.set_option("upstream.ca_file", file)
        return f"{file} is trusted. To undo: qcc-desktop config set upstream.ca_file ''"

    async def _make_private(self) -> str:
        changed = await in_thread(lambda: files.make_private(self._ports.paths))
        named = ", ".join(map(str, changed)) or "Nothing; all files were private already"
        return f"Made private: {named}."

    async def _remove_runtime(self) -> str:
        paths = self._ports.paths
        if await in_thread(lambda: files.remove_dead_runtime(paths)):
            return f"Removed {paths.runtime_file}; the next start writes a new one."
        return "Nothing was removed: the program runs, or the file is gone."

    async def _put_back(self) -> str:
        if self._ports.takeover is None:
            raise UserFacingError("There is no takeover to put back here.")
        return await self._ports.takeover.put_back()
