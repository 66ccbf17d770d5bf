package io.metastore.server.raft.watchdog;

import org.apache.ratis.protocol.RaftPeerId;

/// What a rule asks for, and why.
public sealed interface Action {
    /// For the log: what was seen.
    String why();

    record Kick(RaftPeerId peer, String why) implements Action {}

    record StepDown(String why) implements Action {}

    record TransferLeadership(String why) implements Action {}

    record RaiseNoSpace(String why) implements Action {}

    record EndNoSpace(String why) implements Action {}

    record Exit(String why) implements Action {}

    record Halt(String why) implements Action {}

    default void apply(Remedies remedies) {
        switch (this) {
            case Kick kick -> remedies.kick(kick.peer());
            case StepDown _ -> remedies.stepDown();
            case TransferLeadership _ -> remedies.transferLeadership();
            case RaiseNoSpace _ -> remedies.raiseNoSpace();
            case EndNoSpace _ -> remedies.endNoSpace();
            case Exit(var why) -> remedies.exit(why);
            case Halt(var why) -> remedies.halt(why);
        }
    }
}
