package io.metastore.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The texts are etcd 3.7.1's.
class BootstrapTest {
    private static final Url A = new Url("localhost", 1);
    private static final Url B = new Url("localhost", 2);

    @Test
    void membersAreReadWithAllTheirUrlsAndSorted() {
        var bootstrap = bootstrap("n=http://localhost:2,m=http://localhost:3,,n=http://localhost:1");

        assertThat(bootstrap).hasToString("m=http://localhost:3,n=http://localhost:1,n=http://localhost:2");
        assertThat(bootstrap.members().get("n")).containsExactly(A, B);
    }

    @Test
    void aMemberWithoutUrlIsRefused() {
        assertThatThrownBy(() -> bootstrap("n")).hasMessageContaining("URL scheme must be");
        assertThatThrownBy(() -> bootstrap("n=")).hasMessageContaining("URL scheme must be");
    }

    @Test
    void theMemberItselfMustBeAmongTheFounders() {
        refused(
                "a=http://localhost:1",
                "b",
                List.of(A),
                "couldn't find local name \"b\" in the initial cluster configuration");
    }

    @Test
    void theMemberMustAdvertiseWhatTheFoundersAreTold() {
        refused(
                "a=http://localhost:1",
                "a",
                List.of(B),
                "--initial-cluster has a=http://localhost:1 but missing from "
                        + "--initial-advertise-peer-urls=http://localhost:2 "
                        + "(resolved urls: \"http://localhost:2\" != \"http://localhost:1\")");
        refused(
                "a=http://localhost:1",
                "a",
                List.of(A, B),
                "--initial-advertise-peer-urls has http://localhost:2 but missing from "
                        + "--initial-cluster=a=http://localhost:1,a=http://localhost:2");
    }

    @Test
    void theMemberMayAdvertiseAnAddressInPlaceOfItsName() {
        var bootstrap = bootstrap("a=http://a.example:1");

        assertThatCode(() -> bootstrap.check(
                        "a", List.of(Url.parse("http://127.0.0.1:1")), _ -> InetAddress.getLoopbackAddress()))
                .doesNotThrowAnyException();
    }

    @Test
    void aUrlBelongsToOneMember() {
        refused(
                "a=http://localhost:1,b=http://localhost:1",
                "a",
                List.of(A),
                "initial cluster a=http://localhost:1,b=http://localhost:1 has duplicate url");
    }

    @Test
    void aJoiningMemberIsKnownByTheClusterUnderItsUrlsAlready() {
        var joining = new Bootstrap(
                Bootstrap.parseMembers("a=http://localhost:1"), Bootstrap.State.EXISTING, Bootstrap.DEFAULT_TOKEN);

        assertThatCode(() -> joining.check("a", List.of(B), InetAddress::getByName))
                .doesNotThrowAnyException();
    }

    private static void refused(String members, String name, List<Url> advertised, String message) {
        assertThatThrownBy(() -> bootstrap(members).check(name, advertised, InetAddress::getByName))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    private static Bootstrap bootstrap(String members) {
        return new Bootstrap(Bootstrap.parseMembers(members), Bootstrap.State.NEW, Bootstrap.DEFAULT_TOKEN);
    }
}
