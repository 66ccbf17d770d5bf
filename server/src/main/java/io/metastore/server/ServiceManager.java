package io.metastore.server;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd, or what else has started this process, that it is ready: one datagram to the Unix socket that
/// `NOTIFY_SOCKET` names. Java has no such sockets, so the system is called directly.
///
///     /run/systemd/notify  →  a file     @metastore  →  a name without a file (its first byte is 0)
///
/// Source: sd_notify(3); and etcd, which sends `READY=1` when it serves clients.
record ServiceManager(String socket) {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final String VARIABLE = "NOTIFY_SOCKET";
    private static final String READY = "READY=1";
    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int LONGEST_NAME = 108;

    /// The one that this environment names; that of none has an empty name.
    static ServiceManager of(Map<String, String> environment) {
        return new ServiceManager(environment.getOrDefault(VARIABLE, ""));
    }

    /// Says that this process is ready. That nobody hears it is no reason to stop.
    void ready() {
        if (socket.isEmpty()) {
            LOG.debug("no service manager asked to be told");
            return;
        }
        try {
            LOG.info("notifying init daemon");
            send(READY);
            LOG.info("successfully notified init daemon");
        } catch (ServiceManagerException e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("failed to notify systemd for readiness");
        }
    }

    private void send(String message) throws ServiceManagerException {
        var name = socket.getBytes(StandardCharsets.UTF_8);
        if (name.length >= LONGEST_NAME) {
            throw new ServiceManagerException("the name of the socket is too long: " + socket);
        }
        if (name[0] == '@') {
            name[0] = 0;
        }
        try (var arena = Arena.ofConfined()) {
            var address = arena.allocate(Short.BYTES + name.length + 1);
            address.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
            // The name of a file ends with a zero; one without a file is as long as it says.
            int length = Short.BYTES + name.length + (name[0] == 0 ? 0 : 1);
            var text = arena.allocateFrom(message);
            deliver(text, message.length(), address, length);
        }
    }

    private void deliver(MemorySegment text, long bytes, MemorySegment address, int length)
            throws ServiceManagerException {
        int descriptor = (int) call(
                "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), (int) AF_UNIX, SOCK_DGRAM, 0);
        if (descriptor < 0) {
            throw new ServiceManagerException("no socket could be made");
        }
        try {
            var layout = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
            long sent = (long) call("sendto", layout, descriptor, text, bytes, 0, address, length);
            if (sent != bytes) {
                throw new ServiceManagerException("nobody takes it at " + socket);
            }
        } finally {
            var _ = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), descriptor);
        }
    }

    private static Object call(String function, FunctionDescriptor layout, Object... arguments)
            throws ServiceManagerException {
        try {
            return handle(function, layout).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new ServiceManagerException("the system does not take the call " + function, e);
        }
    }

    // The launcher allows it.
    @SuppressWarnings("restricted")
    private static MethodHandle handle(String function, FunctionDescriptor layout) throws ServiceManagerException {
        var linker = Linker.nativeLinker();
        var address = linker.defaultLookup()
                .find(function)
                .orElseThrow(() -> new ServiceManagerException("the system has no call " + function));
        return linker.downcallHandle(address, layout);
    }
}
