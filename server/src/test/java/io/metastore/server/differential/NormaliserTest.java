package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import etcdserverpb.HashKVResponse;
import etcdserverpb.HashResponse;
import etcdserverpb.LeaseGrantResponse;
import etcdserverpb.LeaseTimeToLiveResponse;
import etcdserverpb.PutResponse;
import etcdserverpb.ResponseHeader;
import etcdserverpb.StatusResponse;
import mvccpb.KeyValue;
import org.junit.jupiter.api.Test;

class NormaliserTest {
    private final Normaliser normaliser = new Normaliser();

    @Test
    void idsBecomeTheirOrdinals() {
        assertThat(normaliser.text(header(777, 888, 5)))
                .isEqualTo("header { cluster_id: 1 member_id: 1 revision: 5 raft_term: 1 }");
        assertThat(normaliser.text(header(777, 889, 6))).contains("cluster_id: 1 member_id: 2");
        assertThat(normaliser.text(header(777, 888, 7))).contains("cluster_id: 1 member_id: 1");
    }

    @Test
    void whatIsMissingStaysMissing() {
        assertThat(normaliser.text(PutResponse.getDefaultInstance())).isEmpty();
        assertThat(normaliser.text(PutResponse.newBuilder()
                        .setHeader(ResponseHeader.newBuilder().setRevision(3))
                        .build()))
                .isEqualTo("header { revision: 3 }");
    }

    @Test
    void aLeaseIdOfTheServersChoiceBecomesItsOrdinalAndOneOfTheClientsStays() {
        assertThat(normaliser.text(lease(7_587_890_123_456_789_012L))).isEqualTo("ID: 900001");
        assertThat(normaliser.text(lease(7))).isEqualTo("ID: 7");
        assertThat(normaliser.text(lease(-1))).isEqualTo("ID: -1");
    }

    @Test
    void aTtlThatHasJustBegunToFallIsTheGrantedOne() {
        assertThat(normaliser.text(timeToLive(99, 100))).isEqualTo("TTL: 100 grantedTTL: 100 keys: \"a\" keys: \"b\"");
        assertThat(normaliser.text(timeToLive(50, 100))).startsWith("TTL: 50 ");
        assertThat(normaliser.text(timeToLive(-1, 0))).startsWith("TTL: -1 ");
    }

    @Test
    void aHashOfPagesShowsOnlyWhetherItIsTheSame() {
        assertThat(normaliser.text(HashResponse.newBuilder().setHash(-5).build()))
                .isEqualTo("hash: 1");
        assertThat(normaliser.text(HashResponse.newBuilder().setHash(9).build()))
                .isEqualTo("hash: 2");
        assertThat(normaliser.text(HashResponse.newBuilder().setHash(-5).build()))
                .isEqualTo("hash: 1");
    }

    @Test
    void aHashOfKeysIsShownAsItIs() {
        assertThat(normaliser.text(HashKVResponse.newBuilder().setHash(123).build()))
                .isEqualTo("hash: 123");
    }

    @Test
    void sizesShowOnlyThatTheyAreThereAndErrorsNameNoIds() {
        var status = StatusResponse.newBuilder()
                .setDbSize(20480)
                .setRaftIndex(7)
                .setDbSizeQuota(100)
                .addErrors("memberID:12345 alarm:NOSPACE ")
                .build();

        assertThat(normaliser.text(status))
                .isEqualTo("dbSize: 1 raftIndex: 1 errors: \"memberID:1 alarm:NOSPACE\" dbSizeQuota: 100");
    }

    @Test
    void longBytesAreShownAsSizeAndChecksum() {
        var row = KeyValue.newBuilder()
                .setValue(ByteString.copyFromUtf8("x".repeat(101)))
                .build();

        assertThat(normaliser.text(row)).matches("value: \"\\(101 bytes, crc32c [0-9a-f]{8}\\)\"");
    }

    private static PutResponse header(long cluster, long member, long revision) {
        return PutResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder()
                        .setClusterId(cluster)
                        .setMemberId(member)
                        .setRevision(revision)
                        .setRaftTerm(4))
                .build();
    }

    private static LeaseGrantResponse lease(long id) {
        return LeaseGrantResponse.newBuilder().setID(id).build();
    }

    private static LeaseTimeToLiveResponse timeToLive(long left, long granted) {
        return LeaseTimeToLiveResponse.newBuilder()
                .setTTL(left)
                .setGrantedTTL(granted)
                .addKeys(ByteString.copyFromUtf8("b"))
                .addKeys(ByteString.copyFromUtf8("a"))
                .build();
    }
}
