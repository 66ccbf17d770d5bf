package io.metastore.server.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Requests over plain HTTP/1.1, and their answers as text: the status with the headers that matter, then the body.
///
///     200 content-type=application/json grpc-metadata-content-type=application/grpc
///     {"header":{"cluster_id":"1", "member_id":"1", "revision":"2", "raft_term":"1"}}
final class HttpCall {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Set<String> SHOWN = Set.of(
            "access-control-allow-origin",
            "allow",
            "content-type",
            "grpc-metadata-content-type",
            "location",
            "www-authenticate",
            "x-content-type-options");

    private final Address address;

    private HttpCall(Address address) {
        this.address = address;
    }

    static HttpCall to(Address address) {
        return new HttpCall(address);
    }

    /// @param wanted lines of the body that are waited for, 0 for all
    /// @param text method, path and body
    /// @throws UncheckedIOException when no answer comes
    List<String> send(Map<String, String> headers, int wanted, String text) {
        var words = text.split("\\s+", 3);
        var request = HttpRequest.newBuilder(address.uri(words[1]))
                .timeout(LIMIT)
                .method(words[0], HttpRequest.BodyPublishers.ofString(words.length > 2 ? words[2] : ""));
        headers.forEach(request::header);
        try (var client = address.http()) {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            var lines = new ArrayList<>(List.of(head(answer)));
            try (var body = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                read(body, wanted, lines);
            }
            client.shutdownNow();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to " + text + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the answer to " + text, e);
        }
    }

    private static void read(BufferedReader body, int wanted, List<String> lines) throws IOException {
        for (int read = 0; wanted == 0 || read < wanted; read++) {
            var line = body.readLine();
            if (line == null) {
                return;
            }
            lines.add(line);
        }
    }

    private static String head(HttpResponse<?> answer) {
        var headers = answer.headers().map().entrySet().stream()
                .filter(header -> SHOWN.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(header -> header.getKey().toLowerCase(Locale.ROOT)))
                .map(HttpCall::header)
                .collect(Collectors.joining(" "));
        return answer.statusCode() + " " + headers;
    }

    private static String header(Map.Entry<String, List<String>> header) {
        return header.getKey().toLowerCase(Locale.ROOT) + "=" + String.join(", ", header.getValue());
    }
}
