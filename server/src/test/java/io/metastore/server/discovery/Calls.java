package io.metastore.server.discovery;

import com.google.protobuf.ByteString;
import etcdserverpb.ClusterGrpc;
import etcdserverpb.KVGrpc;
import etcdserverpb.Member;
import etcdserverpb.MemberListRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.metastore.server.process.MemberProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// What the tests ask members, each over a connection of its own.
final class Calls {
    private static final ByteString KEY = ByteString.copyFromUtf8("key");
    private static final long ANSWER_SECONDS = 30;

    private Calls() {}

    static List<String> names(MemberProcess member) {
        return at(
                member,
                channel -> ClusterGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .memberList(MemberListRequest.newBuilder()
                                .setLinearizable(true)
                                .build())
                        .getMembersList()
                        .stream()
                        .map(Member::getName)
                        .toList());
    }

    static void write(MemberProcess member) {
        var request = PutRequest.newBuilder()
                .setKey(KEY)
                .setValue(ByteString.copyFromUtf8("value"))
                .build();
        var _ = at(member, channel -> keys(channel).put(request));
    }

    static String read(MemberProcess member) {
        return at(
                member,
                channel -> keys(channel)
                        .range(RangeRequest.newBuilder().setKey(KEY).build())
                        .getKvs(0)
                        .getValue()
                        .toStringUtf8());
    }

    static KVGrpc.KVBlockingStub keys(ManagedChannel channel) {
        return KVGrpc.newBlockingStub(channel).withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    static <T> T at(MemberProcess member, Function<ManagedChannel, T> question) {
        var channel = ManagedChannelBuilder.forTarget(member.endpoint())
                .usePlaintext()
                .build();
        try {
            return question.apply(channel);
        } finally {
            channel.shutdownNow();
        }
    }
}
