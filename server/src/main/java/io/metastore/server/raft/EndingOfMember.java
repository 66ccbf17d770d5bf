package io.metastore.server.raft;

import io.metastore.server.raft.watchdog.Ending;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process, unless this member is on its way out of the cluster: then Ratis ends itself, and the process stays
/// until another member has said that this one is out.
record EndingOfMember(Ending ending, BooleanSupplier leaving) implements Ending {
    private static final Logger LOG = LoggerFactory.getLogger(EndingOfMember.class);

    @Override
    public void exit(String why) {
        if (leaving.getAsBoolean()) {
            LOG.atDebug().addKeyValue("why", why).log("this member is leaving");
        } else {
            ending.exit(why);
        }
    }

    @Override
    public void leave(String why) {
        ending.leave(why);
    }

    @Override
    public void halt(String why) {
        ending.halt(why);
    }
}
