package io.metastore.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:2379, localhost, 2379",
        "HTTP://Host.Example:80, Host.Example, 80",
        "http://[::1]:2379, ::1, 2379",
        "' http://0.0.0.0:0 ', 0.0.0.0, 0",
        "http://:2379, '', 2379"
    })
    void aUrlIsReadIntoHostAndPort(String text, String host, int port) {
        assertThat(Url.parse(text)).isEqualTo(new Url(host, port));
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:2379", "http://[fe80::1]:2380", "http://:2379"})
    void itsTextIsKept(String text) {
        assertThat(Url.parse(text)).hasToString(text);
    }

    @Test
    void httpsIsAnotherUrlThanHttp() {
        assertThat(Url.parse("HTTPS://localhost:1"))
                .isEqualTo(new Url(true, "localhost", 1))
                .hasToString("https://localhost:1");
        assertThat(Url.parse("https://localhost:1")).isNotEqualTo(Url.parse("http://localhost:1"));
    }

    /// The first three reasons in etcd's words.
    @ParameterizedTest
    @CsvSource({
        "foo, URL scheme must be http",
        "ftp://1.2.3.4:2379, 'URL scheme must be http, https, unix, or unixs: ftp://1.2.3.4:2379'",
        "http://1.2.3.4, 'URL address does not have the form \"host:port\": http://1.2.3.4'",
        "http://1.2.3.4:2379/path, URL must not contain a path: http://1.2.3.4:2379/path",
        "http://1.2.3.4:2379/, URL must not contain a path",
        "http://1.2.3.4:2379?a=b, URL must not contain a path",
        "'', URL scheme must be http",
        "http:, host:port",
        "http://, host:port",
        "http://a:b:1, host:port",
        "http://user@host:1, host:port",
        "http://host:, host:port",
        "http://host:65536, port 65536 is not within 0 and 65535",
        "unix://socket, unix sockets are not available yet"
    })
    void whatIsNoUrlIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> Url.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
