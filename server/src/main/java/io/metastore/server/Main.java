package io.metastore.server;

import io.metastore.server.cli.CommandLine;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.datadir.DataDirectoryException;
import io.metastore.server.log.Logging;
import io.metastore.server.raft.watchdog.DeadThreads;
import io.metastore.server.raft.watchdog.Ending;
import io.metastore.server.snapshot.SnapshotException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program.
public final class Main {
    /// Names the directory of native libraries; the launcher sets it.
    private static final String NATIVE_LIBRARIES = "metastore.native";

    private static final int CANNOT_START = 1;

    private Main() {}

    /// Serves until the process is told to stop. Exit codes: 0 after an orderly stop and after help, 1 when it cannot
    /// start, 2 for a wrong command line, 70 when it ended itself because it could no longer be trusted.
    public static void main(String[] arguments) {
        // A member that comes back under its name at another address must be found again soon.
        Security.setProperty("networkaddress.cache.ttl", "5");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        switch (CommandLine.parse(arguments, System.getenv())) {
            case CommandLine.Result.Run(var config, var warnings) -> run(config, warnings);
            case CommandLine.Result.Use(var tool) -> {
                Logging.silence();
                System.exit(new Tools(System.out, System.err, nativeLibraries(Path.of("metastore-native"))).run(tool));
            }
            case CommandLine.Result.Print(var text, var exitCode) -> {
                (exitCode == 0 ? System.out : System.err).print(text);
                System.exit(exitCode);
            }
        }
    }

    private static void run(ServerConfig config, List<String> warnings) {
        var logging = Logging.start(config.log());
        var log = LoggerFactory.getLogger(Main.class);
        warnings.forEach(log::warn);
        var ending = Ending.ofProcess();
        new DeadThreads(ending::halt).watchAll();
        OldGeneration.keepSmall();
        try {
            var server = Server.start(
                    config,
                    nativeLibraries(
                            config.member().dataDir().resolve("metastore").resolve("native")),
                    ending);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, logging), "metastore-stop"));
            StopSignals.endWithSuccess();
            server.awaitReady();
            ServiceManager.of(System.getenv()).ready();
        } catch (ConfigException | DataDirectoryException | SnapshotException e) {
            cannotStart(log, logging, String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            log.atError().setCause(e).log("the member cannot start");
            cannotStart(log, logging, "the member cannot start: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param unpacked where they are put when the launcher brings none
    private static Path nativeLibraries(Path unpacked) {
        var given = System.getProperty(NATIVE_LIBRARIES, "");
        return given.isEmpty() ? unpacked : Path.of(given);
    }

    private static void stop(Server server, Logging logging) {
        server.close();
        logging.close();
    }

    private static void cannotStart(Logger log, Logging logging, String message, Exception cause) {
        log.atDebug().setCause(cause).log("start failed");
        System.err.println("metastore: " + message);
        logging.close();
        System.exit(CANNOT_START);
    }
}
