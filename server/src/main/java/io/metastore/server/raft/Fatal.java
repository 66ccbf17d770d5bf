package io.metastore.server.raft;

import io.metastore.server.raft.watchdog.Ending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process at once, without a clean stop: what went wrong could make a clean stop wait for ever, or make this
/// member answer wrongly.
record Fatal(Ending ending) {
    private static final Logger LOG = LoggerFactory.getLogger(Fatal.class);

    /// Does not return in a real server; the ending of a test may.
    void halt(String why, Throwable cause) {
        LOG.atError().setCause(cause).addKeyValue("why", why).log("this member can no longer be trusted");
        ending.halt(why);
    }
}
