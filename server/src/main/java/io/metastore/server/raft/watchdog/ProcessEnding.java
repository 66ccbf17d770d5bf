package io.metastore.server.raft.watchdog;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ProcessEnding implements Ending {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnding.class);

    /// `EX_SOFTWARE` and `EX_OSERR` of sysexits.
    private static final int HALTED = 70;

    private static final int EXITED = 71;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public void exit(String why) {
        LOG.atError().addKeyValue("why", why).log("ending the process");
        exit(why, EXITED);
    }

    @Override
    public void leave(String why) {
        LOG.atWarn().addKeyValue("error", why).log("server error");
        exit(why, 0);
    }

    private void exit(String why, int code) {
        Thread.ofPlatform().daemon().name("exit").start(() -> System.exit(code));
        Thread.ofPlatform().daemon().name("exit-patience").start(() -> {
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            halt("the shutdown has not ended in " + PATIENCE.toSeconds() + " s: " + why);
        });
    }

    @Override
    public void halt(String why) {
        // The log may be on the disk that hangs, so it must not hold the halt up.
        Thread.ofPlatform()
                .daemon()
                .name("halt-log")
                .start(() -> LOG.atError().addKeyValue("why", why).log("halting the process"));
        System.err.println("halting the process: " + why);
        Runtime.getRuntime().halt(HALTED);
    }
}
