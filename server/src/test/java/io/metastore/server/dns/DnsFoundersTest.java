package io.metastore.server.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.ConfigException;
import io.metastore.server.config.DnsDiscovery;
import io.metastore.server.config.Url;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The texts are etcd 3.7.1's, recorded from it with a name server of the same records; it adds which name server said
/// so (`on 127.0.0.77:53`), and its two errors come on two lines.
class DnsFoundersTest {
    private static final Url SELF = Url.parse("http://a.cluster.test:2380");
    private static final String NO_TLS_RECORDS = "error querying DNS SRV records for _etcd-server-ssl lookup "
            + "_etcd-server-ssl._tcp.cluster.test: no such host";

    private final Map<String, List<String>> records = new HashMap<>();
    private final Map<String, InetAddress> hosts = new HashMap<>();

    @BeforeEach
    void hosts() throws UnknownHostException {
        host("a.cluster.test", 1);
        host("b.cluster.test", 2);
        host("c.cluster.test", 3);
    }

    @Test
    void theMemberFindsItselfAndTheOthersHaveNumbers() {
        records.put(
                "_etcd-server._tcp.cluster.test",
                List.of("0 0 2380 b.cluster.test.", "0 0 2380 a.cluster.test.", "0 0 2381 c.cluster.test."));

        assertThat(find(SELF))
                .isEqualTo(Map.of(
                        "m1", List.of(SELF),
                        "0", List.of(Url.parse("http://b.cluster.test:2380")),
                        "1", List.of(Url.parse("http://c.cluster.test:2381"))));
    }

    @Test
    void aMemberMayAdvertiseItsAddress() {
        records.put("_etcd-server._tcp.cluster.test", List.of("0 0 2380 a.cluster.test."));

        assertThat(find(Url.parse("http://10.0.0.1:2380"))).isEqualTo(Map.of("m1", List.of(SELF)));
    }

    @Test
    void recordsForTlsCountToo() {
        records.put("_etcd-server-ssl._tcp.cluster.test", List.of("0 0 2380 a.cluster.test."));

        assertThat(find(Url.parse("https://a.cluster.test:2380")))
                .isEqualTo(Map.of("m1", List.of(Url.parse("https://a.cluster.test:2380"))));
    }

    @Test
    void aSuffixNamesOtherRecords() {
        records.put("_etcd-server-x._tcp.cluster.test", List.of("0 0 2380 a.cluster.test."));

        assertThat(finder("x", SELF).find()).isEqualTo(Map.of("m1", List.of(SELF)));
    }

    @Test
    void aMemberThatIsNotNamedIsRefused() {
        records.put("_etcd-server._tcp.cluster.test", List.of("0 0 2389 a.cluster.test."));

        refused("cannot find local etcd member \"m1\" in SRV records", SELF);
    }

    @Test
    void aDomainWithoutRecordsIsRefused() {
        refused(
                NO_TLS_RECORDS + "; error querying DNS SRV records for _etcd-server lookup "
                        + "_etcd-server._tcp.cluster.test: no such host",
                SELF);
    }

    @Test
    void recordsForTlsDoNotFitAMemberWithoutIt() {
        records.put("_etcd-server-ssl._tcp.cluster.test", List.of("0 0 2380 a.cluster.test."));

        refused(
                "error querying DNS SRV records for _etcd-server-ssl bootstrap at https://a.cluster.test:2380 from DNS "
                        + "for etcd-server-ssl has scheme mismatch with expected peer http://a.cluster.test:2380; "
                        + "error querying DNS SRV records for _etcd-server lookup _etcd-server._tcp.cluster.test: "
                        + "no such host",
                SELF);
    }

    @Test
    void aTargetWithoutAddressIsRefusedUnlessThereAreOthers() {
        records.put("_etcd-server._tcp.cluster.test", List.of("0 0 2380 nowhere.test."));
        refused(
                NO_TLS_RECORDS + "; error querying DNS SRV records for _etcd-server lookup nowhere.test: no such host",
                SELF);

        records.put("_etcd-server._tcp.cluster.test", List.of("0 0 2380 a.cluster.test.", "0 0 2380 nowhere.test."));
        assertThat(find(SELF)).isEqualTo(Map.of("m1", List.of(SELF)));
    }

    @Test
    void aMemberWithoutAddressIsRefused() {
        records.put("_etcd-server._tcp.cluster.test", List.of("0 0 2380 a.cluster.test."));

        refused(
                "lookup nowhere.test: no such host; lookup nowhere.test: no such host",
                Url.parse("http://nowhere.test:2380"));
    }

    private void refused(String text, Url advertised) {
        assertThatThrownBy(() -> find(advertised))
                .isInstanceOf(ConfigException.class)
                .hasMessage("error setting up initial cluster: " + text);
    }

    private SequencedMap<String, List<Url>> find(Url advertised) {
        return finder("", advertised).find();
    }

    private DnsFounders finder(String suffix, Url advertised) {
        return new DnsFounders(
                new DnsDiscovery("cluster.test", suffix), "m1", List.of(advertised), this::service, this::address);
    }

    private List<ServiceRecord> service(String name) throws DnsException {
        var found = records.get(name);
        if (found == null) {
            throw new DnsException("lookup " + name + ": no such host");
        }
        return Stream.of(found.toArray(String[]::new)).map(ServiceRecord::parse).toList();
    }

    private InetAddress address(String host) throws UnknownHostException {
        var address = hosts.get(host);
        if (address != null) {
            return address;
        }
        if (!host.startsWith("10.")) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getByName(host);
    }

    private void host(String name, int last) throws UnknownHostException {
        hosts.put(name, InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}));
    }
}
