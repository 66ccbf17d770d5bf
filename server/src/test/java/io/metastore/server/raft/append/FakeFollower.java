package io.metastore.server.raft.append;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.util.Timestamp;
import org.jspecify.annotations.Nullable;

/// What a leader knows of a follower, as Ratis keeps it.
final class FakeFollower implements InvocationHandler {
    static final String ADDRESS = "follower:1";

    volatile long nextIndex;
    volatile long matchIndex = -1;
    volatile Timestamp heard = Timestamp.currentTime();
    private volatile Timestamp heartbeat = Timestamp.currentTime();
    private final RaftPeer peer =
            RaftPeer.newBuilder().setId("follower").setAddress(ADDRESS).build();

    FollowerInfo info() {
        return (FollowerInfo)
                Proxy.newProxyInstance(FakeFollower.class.getClassLoader(), new Class<?>[] {FollowerInfo.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        return arguments == null ? get(method.getName()) : update(method.getName(), arguments[0]);
    }

    private @Nullable Object get(String method) {
        return switch (method) {
            case "getName", "toString" -> "leader->follower";
            case "getId" -> peer.getId();
            case "getPeer" -> peer;
            case "getNextIndex" -> nextIndex;
            case "getMatchIndex" -> matchIndex;
            case "getSnapshotIndex" -> 0L;
            case "getLastRpcResponseTime" -> heard;
            case "getLastHeartbeatSendTime" -> heartbeat;
            case "updateLastRpcResponseTime" -> {
                heard = Timestamp.latest(heard, Timestamp.currentTime());
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private @Nullable Object update(String method, Object argument) {
        return switch (method) {
            case "increaseNextIndex" -> increaseNextIndex((Long) argument);
            case "setNextIndex" -> setNextIndex((Long) argument);
            case "updateMatchIndex" -> updateMatchIndex((Long) argument);
            case "updateLastRpcSendTime" -> updateSendTime((Boolean) argument);
            case "updateLastRespondedAppendEntriesSendTime" -> null;
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private @Nullable Object increaseNextIndex(long index) {
        if (index <= nextIndex) {
            throw new IllegalStateException(index + " is not above " + nextIndex);
        }
        return setNextIndex(index);
    }

    private @Nullable Object setNextIndex(long index) {
        nextIndex = index;
        return null;
    }

    private boolean updateMatchIndex(long index) {
        boolean higher = index > matchIndex;
        matchIndex = Math.max(matchIndex, index);
        return higher;
    }

    private @Nullable Object updateSendTime(boolean isHeartbeat) {
        heartbeat = isHeartbeat ? Timestamp.currentTime() : heartbeat;
        return null;
    }
}
