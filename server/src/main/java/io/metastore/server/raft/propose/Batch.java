package io.metastore.server.raft.propose;

import com.google.protobuf.ByteString;
import io.metastore.server.apply.Entry;
import io.metastore.server.apply.Stamp;
import io.metastore.server.raft.codec.EntryCodec;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.util.ArrayList;
import java.util.List;

/// Commands that travel in one entry, since `sentNanos`.
record Batch(Stamp stamp, List<Pending> commands, long sentNanos) {
    ByteString bytes() {
        return EntryCodec.assemble(
                stamp, commands.stream().map(Pending::encoded).toList());
    }

    /// The entry as the apply path takes it, so that the leader need not decode what it encoded.
    Entry entry() {
        var list = new ArrayList<Command>(commands.size());
        for (var pending : commands) {
            list.add(pending.command());
        }
        return new Entry(stamp, list);
    }

    /// Its entry is about to be applied here.
    void committed() {
        commands.forEach(Pending::committed);
    }

    /// Gives each command its outcome.
    void answer(List<Outcome> outcomes) {
        if (outcomes.size() != commands.size()) {
            throw new IllegalStateException(
                    "an entry of " + commands.size() + " commands has " + outcomes.size() + " outcomes");
        }
        for (int i = 0; i < outcomes.size(); i++) {
            commands.get(i).answer(outcomes.get(i));
        }
    }
}
