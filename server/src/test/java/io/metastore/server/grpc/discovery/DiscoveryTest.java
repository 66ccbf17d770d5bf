package io.metastore.server.grpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.TlsServerCredentials;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.DiscoveryConfig;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.config.Url;
import io.metastore.server.model.MemberId;
import io.metastore.server.tls.ClientTls;
import io.metastore.server.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private static final String PREFIX = "/_etcd/registry/t/";
    private static final String SIZE = PREFIX + "_config/size";
    private static final String OWN = PREFIX + "members/8e";
    private static final String SELF = "m1=http://127.0.0.1:1";

    private FakeService service;
    private final List<Duration> waits = new ArrayList<>();
    /// What happens while this member waits, one step each time.
    private final List<Runnable> meanwhile = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        service = FakeService.start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aClusterOfOneIsFoundAtOnce() throws Exception {
        service.put(SIZE, "1");

        assertThat(join()).isEqualTo(Bootstrap.parseMembers(SELF));
        assertThat(service.get(OWN)).isEqualTo(SELF);
        assertThat(waits).isEmpty();
    }

    @Test
    void theOthersAreWaitedForAndWhatIsNoMemberDoesNotCount() throws Exception {
        service.put(SIZE, "3");
        service.put(PREFIX + "members/1", "m2=http://127.0.0.1:2");
        meanwhile.add(() -> service.put(PREFIX + "members/2", "nonsense"));
        meanwhile.add(() -> service.put(PREFIX + "members/3", " m3=http://127.0.0.1:3,m3=http://127.0.0.1:4 "));

        assertThat(join())
                .isEqualTo(Bootstrap.parseMembers(
                        "m2=http://127.0.0.1:2," + SELF + ",m3=http://127.0.0.1:3,m3=http://127.0.0.1:4"));
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void whoCameFirstBelongsToTheCluster() throws Exception {
        service.put(SIZE, "2");
        meanwhile.add(() -> {
            service.put(PREFIX + "members/ff", "m2=http://127.0.0.1:2");
            service.put(PREFIX + "members/00", "late=http://127.0.0.1:3");
        });

        assertThat(join().sequencedKeySet()).containsExactly("m1", "m2");
    }

    @Test
    void whoRegisteredBeforeItsStartWasCutShortHasItsPlaceStill() throws Exception {
        service.put(SIZE, "2");
        service.put(OWN, "earlier=http://127.0.0.1:1");
        service.put(PREFIX + "members/1", "m2=http://127.0.0.1:2");
        service.put(PREFIX + "members/2", "late=http://127.0.0.1:3");

        assertThat(join().sequencedKeySet()).containsExactly("m1", "m2");
    }

    @Test
    void aFullClusterRefusesAndNothingIsWrittenThere() {
        service.put(SIZE, "2");
        service.put(PREFIX + "members/1", "m2=http://127.0.0.1:2");
        service.put(PREFIX + "members/2", "m3=http://127.0.0.1:3");

        refuses("discovery: cluster is full");
        assertThat(service.get(OWN)).isNull();
    }

    @Test
    void withoutASizeThereIsNoCluster() {
        refuses("discovery: size key not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "", "1.5"})
    void aSizeMustBeAPositiveNumber(String size) {
        service.put(SIZE, size);

        refuses("discovery: size key is bad");
    }

    @ParameterizedTest
    @CsvSource({"m2=ftp://127.0.0.1:2", "m2=http://127.0.0.1", "m2=x"})
    void aMemberWithABadUrlIsRefusedToAll(String member) {
        service.put(SIZE, "2");
        service.put(PREFIX + "members/1", member);

        refuses("discovery: invalid peer URL");
    }

    @Test
    void aServiceThatDoesNotAnswerIsAskedAgainAtLongerIntervals() throws Exception {
        service.put(SIZE, "1");
        service.fail(3);

        assertThat(join()).hasSize(1);
        assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void whileTheOthersAreWaitedForTheServiceMayBeOutOfOrder() throws Exception {
        service.put(SIZE, "2");
        meanwhile.add(() -> service.fail(1));
        meanwhile.add(() -> service.put(PREFIX + "members/1", "m2=http://127.0.0.1:2"));

        assertThat(join()).hasSize(2);
        assertThat(waits).hasSize(2);
    }

    @Test
    void anyOfTheEndpointsWillDo() throws Exception {
        service.put(SIZE, "1");
        Url gone;
        try (var other = FakeService.start()) {
            gone = other.url();
        }

        assertThat(join(config(List.of(gone, service.url()), DiscoveryConfig.Security.NONE, Optional.empty())))
                .hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void aUserLogsInAndAgainWhenItsTokenIsWorthNothing() throws Exception {
        service.put(SIZE, "2");
        service.want("secret");
        meanwhile.add(() -> {
            service.put(PREFIX + "members/1", "m2=http://127.0.0.1:2");
            service.forgetTokens();
        });

        assertThat(join(as("secret"))).hasSize(2);
        assertThat(service.logins()).isEqualTo(2);
    }

    @Test
    void aServiceWithoutUsersNeedsNoLogin() throws Exception {
        service.put(SIZE, "1");

        assertThat(join(as("secret"))).hasSize(1);
    }

    @Test
    void aWrongPasswordIsRefused() {
        service.want("secret");

        assertThatThrownBy(() -> join(as("other")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("failed to join discovery cluster"
                        + " (etcdserver: authentication failed, invalid user ID or password)");
    }

    @Test
    void aSecureServiceIsTrustedByItsAuthorityOrByThoseWhoTrustEverybody(@TempDir Path directory) throws Exception {
        var authority = new TestAuthority("discovery");
        var files = authority.issue("service").write(directory, "service");
        var trusted = authority.write(directory, "authority");
        try (var secured = FakeService.secured(TlsServerCredentials.newBuilder()
                .keyManager(ClientTls.showing(files))
                .build())) {
            secured.put(SIZE, "1");
            for (var security : List.of(
                    new DiscoveryConfig.Security(false, CertificateFiles.NONE, trusted),
                    new DiscoveryConfig.Security(true, CertificateFiles.NONE, ""))) {
                assertThat(join(config(List.of(secured.url()), security, Optional.empty())))
                        .hasSize(1);
            }
            meanwhile.add(() -> {
                throw new GivenUp();
            });
            assertThatThrownBy(
                            () -> join(config(List.of(secured.url()), DiscoveryConfig.Security.NONE, Optional.empty())))
                    .isInstanceOf(GivenUp.class);
        }
    }

    @Test
    void halfAnIdentityIsRefused() {
        var security = new DiscoveryConfig.Security(false, new CertificateFiles("/nope", ""), "");

        assertThatThrownBy(() -> join(config(List.of(service.url()), security, Optional.empty())))
                .isInstanceOf(ConfigException.class)
                .hasMessage("failed to join discovery cluster"
                        + " (KeyFile and CertFile must both be present[key: , cert: /nope])");
    }

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void refuses(String why) {
        assertThatThrownBy(this::join)
                .isInstanceOf(ConfigException.class)
                .hasMessage("failed to join discovery cluster (" + why + ")");
    }

    private DiscoveryConfig as(String password) {
        return config(
                List.of(service.url()),
                DiscoveryConfig.Security.NONE,
                Optional.of(new SourceConfig.Login("root", password)));
    }

    private SequencedMap<String, List<Url>> join() throws IOException, InterruptedException {
        return join(config(List.of(service.url()), DiscoveryConfig.Security.NONE, Optional.empty()));
    }

    private SequencedMap<String, List<Url>> join(DiscoveryConfig config) throws IOException, InterruptedException {
        return Discovery.join(config, new MemberId(0x8e), SELF, time -> {
            waits.add(time);
            if (!meanwhile.isEmpty()) {
                meanwhile.removeFirst().run();
            }
        });
    }

    private static DiscoveryConfig config(
            List<Url> endpoints, DiscoveryConfig.Security security, Optional<SourceConfig.Login> login) {
        var patient = new DiscoveryConfig.Timing(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
        return new DiscoveryConfig("t", endpoints, patient, security, login);
    }
}
