package io.metastore.server.raft.log;

import io.metastore.server.raft.log.RatisMember.Launch;
import io.metastore.server.raft.log.RatisMember.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.server.protocol.TermIndex;

/// The process that is killed: a cluster of one that writes as fast as it can and prints the index of each entry when
/// it is acknowledged, as a line of its own.
final class KillNineChild {
    private static final int IN_FLIGHT = 8;

    private KillNineChild() {}

    public static void main(String[] arguments) throws IOException {
        var storage = Path.of(arguments[0]);
        var random = new Random(Long.parseLong(arguments[1]));
        var member = RatisMember.start(new Store(TermIndex.INITIAL_VALUE), Launch.at(storage));
        var watermark = FlushWatermark.open(storage.resolve("flushed"));
        while (true) {
            var replies = new ArrayList<CompletableFuture<RaftClientReply>>();
            for (var i = 0; i < IN_FLIGHT; i++) {
                replies.add(member.writeAsync(random.nextInt(50) == 0 ? 40_000 : random.nextInt(2_000)));
            }
            var last = 0L;
            for (var reply : replies) {
                last = Math.max(last, reply.join().getLogIndex());
            }
            System.out.println(last);
            if (random.nextInt(20) == 0) {
                var log = member.division().getRaftLog();
                watermark.note(log.getTermIndex(last));
            }
        }
    }
}
