package io.metastore.server.raft.member;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Contacts.Contact;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// Notes, while this member leads, since when each other member answers without a pause.
public final class ContactBook {
    private final RaftServer.Division division;
    private final long longestPauseMillis;
    private final LongSupplier nanos;
    private final Map<MemberId, Long> since = new HashMap<>();

    /// @param longestPauseMillis a member that is silent for longer is not connected
    /// @param nanos as `System::nanoTime`
    public ContactBook(RaftServer.Division division, long longestPauseMillis, LongSupplier nanos) {
        this.division = division;
        this.longestPauseMillis = longestPauseMillis;
        this.nanos = nanos;
    }

    /// Looks once more. Called every now and then.
    public synchronized void tick() {
        note(division.getInfo().isLeader() ? followers() : List.of());
    }

    /// What this member knows as the leader.
    public synchronized Contacts read() {
        var info = division.getInfo();
        if (!info.isLeaderReady()) {
            return new Contacts.Refused(Reason.NOT_LEADER);
        }
        var followers = followers();
        note(followers);
        var matches = info.getFollowerMatchIndices();
        boolean same = matches != null
                && matches.length == followers.size()
                && ids(followers).equals(ids(followers()));
        long now = nanos.getAsLong();
        var others = new HashMap<MemberId, Contact>();
        for (int i = 0; i < followers.size(); i++) {
            var id = id(followers.get(i));
            long match = same ? matches[i] : -1;
            long begun = since.getOrDefault(id, now);
            boolean connected = since.containsKey(id);
            others.put(id, new Contact(match, connected ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(now - begun)) : 0));
        }
        return new Contacts.Known(
                RaftPeers.id(division.getId()), division.getRaftLog().getFlushIndex(), others);
    }

    private void note(List<ServerRpcProto> followers) {
        long now = nanos.getAsLong();
        since.keySet().retainAll(ids(followers));
        for (var follower : followers) {
            if (follower.getLastRpcElapsedTimeMs() > longestPauseMillis) {
                since.remove(id(follower));
            } else {
                since.putIfAbsent(id(follower), now);
            }
        }
    }

    private List<ServerRpcProto> followers() {
        return division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
    }

    private static List<MemberId> ids(List<ServerRpcProto> followers) {
        return followers.stream().map(ContactBook::id).toList();
    }

    private static MemberId id(ServerRpcProto follower) {
        return RaftPeers.id(RaftPeerId.valueOf(follower.getId().getId()));
    }
}
