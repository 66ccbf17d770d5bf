package io.metastore.server;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the process end with exit code 0 when it was told to stop and has done so in an orderly way. The JVM alone
/// would end with 128 and the number of the signal, which those who start servers take for a failure.
///
/// The class that handles signals has no successor, and the compiler warns of its every use, so it is called by
/// reflection.
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private StopSignals() {}

    /// From now on SIGTERM and SIGINT run the shutdown hooks and end the process with 0.
    static void endWithSuccess() {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var exit = MethodHandles.lookup()
                    .findStatic(StopSignals.class, "exit", MethodType.methodType(void.class, Object.class));
            for (var name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                MethodHandleProxies.asInterfaceInstance(handler, exit));
            }
        } catch (ReflectiveOperationException e) {
            LOG.atWarn().setCause(e).log("a stop will end with the number of the signal");
        }
    }

    /// Called by name.
    static void exit(Object signal) {
        LOG.atInfo().addKeyValue("signal", signal).log("told to stop");
        System.exit(0);
    }
}
