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
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The service manager's end: a Unix socket for datagrams. What was sent is there as soon as the sender's call is
/// back, so nobody waits here.
final class NotifySocket implements AutoCloseable {
    private static final int LONGEST = 100;
    private static final int MSG_DONTWAIT = 0x40;

    private final int descriptor;

    /// @param name of a file, or beginning with `@`
    NotifySocket(String name) {
        descriptor = (int) call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 1, 2, 0);
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes[0] == '@') {
            bytes[0] = 0;
        }
        try (var arena = Arena.ofConfined()) {
            var address = arena.allocate(Short.BYTES + bytes.length);
            address.set(JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, Short.BYTES, bytes.length);
            int result = (int) call(
                    "bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), descriptor, address, (int)
                            address.byteSize());
            if (result != 0) {
                throw new AssertionError("cannot bind " + name);
            }
        }
    }

    Optional<String> received() {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(LONGEST);
            long length = (long) call(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
                    descriptor,
                    buffer,
                    (long) LONGEST,
                    MSG_DONTWAIT);
            return length < 0
                    ? Optional.empty()
                    : Optional.of(new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        var _ = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), descriptor);
    }

    @SuppressWarnings("restricted")
    private static Object call(String function, FunctionDescriptor layout, Object... arguments) {
        var linker = Linker.nativeLinker();
        try {
            return linker.downcallHandle(linker.defaultLookup().find(function).orElseThrow(), layout)
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError("the call " + function + " failed", e);
        }
    }
}
