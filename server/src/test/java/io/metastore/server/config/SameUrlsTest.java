package io.metastore.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The texts are etcd 3.7.1's, recorded from it; it adds which name server did not know a host.
class SameUrlsTest {
    private final SameUrls same = new SameUrls(SameUrlsTest::address);

    @Test
    void theOrderDoesNotMatter() {
        assertThat(same.difference(urls("http://h:1", "http://i:1"), urls("http://i:1", "http://h:1")))
                .isEmpty();
    }

    @Test
    void aNameIsItsAddress() {
        assertThat(same.difference(urls("http://127.0.0.1:23801"), urls("http://a.cluster.test:23801")))
                .isEmpty();
    }

    @Test
    void localhostIsANameOfItsOwn() {
        assertThat(same.difference(urls("http://localhost:1"), urls("http://localhost:1")))
                .isEmpty();
        assertThat(same.difference(urls("http://127.0.0.1:1"), urls("http://localhost:1")))
                .isPresent();
    }

    @Test
    void whatDiffersIsTold() {
        assertThat(same.difference(urls("http://127.0.0.1:23801"), urls("http://a.cluster.test:23802")))
                .contains("resolved urls: \"http://127.0.0.1:23801\" != \"http://127.0.0.1:23802\"");
        assertThat(same.difference(urls("http://127.0.0.1:23801"), urls("https://a.cluster.test:23801")))
                .contains("resolved urls: \"http://127.0.0.1:23801\" != \"https://127.0.0.1:23801\"");
        assertThat(same.difference(
                        urls("http://127.0.0.1:23801"), urls("http://127.0.0.1:23801", "http://127.0.0.1:23802")))
                .contains("len([\"http://127.0.0.1:23801\"]) != "
                        + "len([\"http://127.0.0.1:23801\" \"http://127.0.0.1:23802\"])");
    }

    @Test
    void aHostWithoutAddressIsTold() {
        assertThat(same.difference(urls("http://127.0.0.1:23801"), urls("http://nowhere.test:23801")))
                .contains("failed to resolve \"http://nowhere.test:23801\" (lookup nowhere.test: no such host)");
    }

    private static List<Url> urls(String... texts) {
        return Stream.of(texts).map(Url::parse).toList();
    }

    private static InetAddress address(String host) throws UnknownHostException {
        return switch (host) {
            case "127.0.0.1", "a.cluster.test" -> InetAddress.getLoopbackAddress();
            case "nowhere.test" -> throw new UnknownHostException(host);
            default -> throw new AssertionError("nobody needs to know where " + host + " is");
        };
    }
}
