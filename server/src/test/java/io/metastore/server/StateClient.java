package io.metastore.server;

import com.google.protobuf.ByteString;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthenticateRequest;
import etcdserverpb.CompactionRequest;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.HashKVRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseLeasesRequest;
import etcdserverpb.LeaseTimeToLiveRequest;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.TreeMap;

/// A client that fills a server, and tells what it holds in a way that two servers can be compared by.
///
/// @param channel over the connection, as the user that this client is
record StateClient(ManagedChannel connection, Channel channel) implements AutoCloseable {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final int PUTS_IN_TXN = 100;

    /// @param endpoint host and port
    static StateClient of(String endpoint) {
        var connection = NettyChannelBuilder.forTarget(endpoint)
                .usePlaintext()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .build();
        return new StateClient(connection, connection);
    }

    /// A client over the same connection that is this user.
    StateClient as(String user, String password) {
        var headers = new Metadata();
        headers.put(
                TOKEN,
                AuthGrpc.newBlockingStub(connection)
                        .authenticate(AuthenticateRequest.newBuilder()
                                .setName(user)
                                .setPassword(password)
                                .build())
                        .getToken());
        return new StateClient(
                connection,
                ClientInterceptors.intercept(connection, MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    /// Puts `keys` keys, some of them again, ties some to leases, deletes some and compacts half of it.
    void fill(int keys, String value) {
        for (int i = 0; i < keys; i += PUTS_IN_TXN) {
            var txn = TxnRequest.newBuilder();
            for (int j = i; j < Math.min(keys, i + PUTS_IN_TXN); j++) {
                txn.addSuccess(RequestOp.newBuilder().setRequestPut(put("key-%06d".formatted(j), value + j, 0)));
            }
            var _ = kv().txn(txn.build());
        }
        long shorter = lease(600);
        long longer = lease(6000);
        for (int i = 0; i < 50; i++) {
            var _ = kv().put(put("leased-" + i, value, i % 2 == 0 ? shorter : longer));
            var _ = kv().put(put("key-%06d".formatted(i * 7), value + "again", i % 3 == 0 ? shorter : 0));
        }
        long middle =
                kv().put(put("large", "x".repeat(1_000_000), 0)).getHeader().getRevision();
        var _ = kv().deleteRange(DeleteRangeRequest.newBuilder()
                .setKey(text("key-0001"))
                .setRangeEnd(text("key-00012"))
                .build());
        var _ = kv().compact(CompactionRequest.newBuilder()
                .setRevision(middle - 10)
                .setPhysical(true)
                .build());
        var _ = kv().put(put("last", value, longer));
    }

    void put(String key, String value) {
        var _ = kv().put(put(key, value, 0));
    }

    /// The newest value, empty when there is none.
    String get(String key) {
        var answer = kv().range(RangeRequest.newBuilder().setKey(text(key)).build());
        return answer.getKvsCount() == 0 ? "" : answer.getKvs(0).getValue().toStringUtf8();
    }

    /// Of the newest revision: it, the hash of the whole history and up to where that is given up.
    String hash() {
        var answer = MaintenanceGrpc.newBlockingStub(channel).hashKV(HashKVRequest.getDefaultInstance());
        return "revision %d hash %08x compacted %d"
                .formatted(answer.getHashRevision(), answer.getHash(), answer.getCompactRevision());
    }

    /// Every lease with its TTL and the keys tied to it.
    String leases() {
        var stub = LeaseGrpc.newBlockingStub(channel);
        var all = new TreeMap<Long, String>();
        for (var lease :
                stub.leaseLeases(LeaseLeasesRequest.getDefaultInstance()).getLeasesList()) {
            var answer = stub.leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder()
                    .setID(lease.getID())
                    .setKeys(true)
                    .build());
            all.put(
                    lease.getID(),
                    answer.getGrantedTTL() + " "
                            + answer.getKeysList().stream()
                                    .map(ByteString::toStringUtf8)
                                    .sorted()
                                    .toList());
        }
        return all.toString();
    }

    long count() {
        return kv().range(RangeRequest.newBuilder()
                        .setKey(ByteString.copyFrom(new byte[1]))
                        .setRangeEnd(ByteString.copyFrom(new byte[1]))
                        .setCountOnly(true)
                        .build())
                .getCount();
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }

    private long lease(long seconds) {
        return LeaseGrpc.newBlockingStub(channel)
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(seconds).build())
                .getID();
    }

    private KVGrpc.KVBlockingStub kv() {
        return KVGrpc.newBlockingStub(channel);
    }

    private static PutRequest put(String key, String value, long lease) {
        return PutRequest.newBuilder()
                .setKey(text(key))
                .setValue(text(value))
                .setLease(lease)
                .build();
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
