package io.metastore.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.kubernetes.client.server.mock.crud.PostHandler;
import io.fabric8.kubernetes.client.server.mock.crud.PutHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Adds to the mock server what it lacks: server-side apply, and preconditions of deletes and patches,
/// without which a test of them could not fail.
///
/// An absent object is created. An existing one is merged field by field: objects are merged,
/// everything else, lists included, is replaced. There is no field ownership, so a field that is no
/// longer sent stays.
public final class ApplyDispatcher extends KubernetesCrudDispatcher {
    /// The API server answers this question itself; here whoever asks may do everything.
    private static final String MAY_DO_ALL = """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview","spec":{},"status":{"incomplete":false,
             "nonResourceRules":[],"resourceRules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}]}}""";

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final AtomicInteger untilRefusal = new AtomicInteger(Integer.MAX_VALUE);

    /// Every request that changed something or tried to: method and path.
    List<String> changes() {
        return List.copyOf(changes);
    }

    /// Every path that was ever asked for.
    Set<String> paths() {
        return Set.copyOf(paths);
    }

    /// This change from now on, 1 for the next, is not made and answered with an error; those after it
    /// are made again.
    void refuseChange(int number) {
        untilRefusal.set(number);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        var path = note("PATCH", request);
        var type = String.valueOf(request.getHeader("Content-Type"));
        if (!type.contains("apply-patch")) {
            var body = body(request);
            return outdated(path, body.startsWith("{") ? json(body).path("metadata") : json("{}"))
                    ? conflict()
                    : super.handlePatch(request);
        }
        var sent = Serialization.asJson(
                Serialization.unmarshal(request.getBody().readUtf8(), GenericKubernetesResource.class));
        try {
            return apply(path, sent);
        } catch (KubernetesCrudDispatcherException e) {
            return new MockResponse().setResponseCode(e.getCode()).setBody(e.toStatusBody());
        }
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        paths.add(path(request));
        boolean changes = !request.getMethod().equals("GET") && !isQuestion(request);
        if (changes && untilRefusal.decrementAndGet() == 0) {
            return new MockResponse().setResponseCode(HttpURLConnection.HTTP_INTERNAL_ERROR);
        }
        if (!request.getMethod().equals("DELETE")) {
            return super.dispatch(request);
        }
        var path = note("DELETE", request);
        var body = body(request);
        var preconditions = body.isEmpty() ? json("{}") : json(body).path("preconditions");
        return outdated(path, preconditions) ? conflict() : super.dispatch(request);
    }

    private static boolean isQuestion(RecordedRequest request) {
        return path(request).endsWith("/selfsubjectrulesreviews");
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
        if (isQuestion(request)) {
            return new MockResponse()
                    .setResponseCode(HttpURLConnection.HTTP_CREATED)
                    .setBody(MAY_DO_ALL);
        }
        note("POST", request);
        return super.handleCreate(request);
    }

    @Override
    public MockResponse handleUpdate(RecordedRequest request) {
        note("PUT", request);
        return super.handleUpdate(request);
    }

    private static String body(RecordedRequest request) {
        return new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
    }

    private String note(String method, RecordedRequest request) {
        var path = path(request);
        changes.add(method + " " + path);
        return path;
    }

    private static String path(RecordedRequest request) {
        return request.getPath().replaceAll("\\?.*$", "");
    }

    private boolean outdated(String path, JsonNode expected) {
        var found = findResource(getKey(path));
        if (found == null) {
            return false;
        }
        var meta = json(found.getValue()).path("metadata");
        return differs(expected.path("uid"), meta.path("uid"))
                || differs(expected.path("resourceVersion"), meta.path("resourceVersion"));
    }

    private static boolean differs(JsonNode expected, JsonNode found) {
        return expected.isTextual() && !expected.asText().equals(found.asText());
    }

    private static JsonNode json(String text) {
        return Serialization.unmarshal(text, JsonNode.class);
    }

    private static MockResponse conflict() {
        return new MockResponse()
                .setResponseCode(HttpURLConnection.HTTP_CONFLICT)
                .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Conflict\","
                        + "\"message\":\"the object has been modified\",\"code\":409}");
    }

    private synchronized MockResponse apply(String path, String sent) throws KubernetesCrudDispatcherException {
        var found = findResource(getKey(path));
        if (found == null) {
            var collection = path.substring(0, path.lastIndexOf('/'));
            return new PostHandler(new KubernetesAttributesExtractor(), this)
                    .handle(collection, "application/json", sent);
        }
        var current = (ObjectNode) asNode(found);
        var merged = current.deepCopy();
        merge(merged, (ObjectNode) asNode(sent));
        // An apply that changes nothing must not make a new version, or it wakes the operator, which applies again.
        return merged.equals(current)
                ? new MockResponse().setResponseCode(HttpURLConnection.HTTP_OK).setBody(current.toString())
                : new PutHandler(this).handle(path, "application/json", merged.toString());
    }

    private static void merge(ObjectNode target, ObjectNode source) {
        source.properties().forEach(field -> {
            var value = field.getValue();
            var old = target.get(field.getKey());
            if (value instanceof ObjectNode from && old instanceof ObjectNode into) {
                merge(into, from);
            } else if (!value.isNull()) {
                target.set(field.getKey(), value);
            }
        });
    }
}
