package io.metastore.server.identity;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// What a signed token says.
///
///     header { "alg": "RS256", "typ": "JWT" }      claims { "exp": 1700000300, "revision": 7, "username": "alice" }
///
/// @param expires in seconds since 1970; positive infinity when the token says nothing
/// @param notBefore as `expires`; negative infinity when the token says nothing
record Claims(String user, long authRevision, double expires, double notBefore) {
    private static final Gson GSON = new Gson();
    private static final double MILLIS = 1000;

    static String header(SigningMethod method) {
        var header = new JsonObject();
        header.addProperty("alg", method.name());
        header.addProperty("typ", "JWT");
        return encoded(header);
    }

    static String claims(String user, long authRevision, Instant expires) {
        var claims = new JsonObject();
        claims.addProperty("exp", expires.getEpochSecond());
        claims.addProperty("revision", authRevision);
        claims.addProperty("username", user);
        return encoded(claims);
    }

    private static String encoded(JsonObject part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(GSON.toJson(part).getBytes(StandardCharsets.UTF_8));
    }

    /// Whether the header names this method.
    static boolean isOf(String header, SigningMethod method) {
        return parse(header)
                .flatMap(object -> text(object, "alg"))
                .filter(method.name()::equals)
                .isPresent();
    }

    /// The claims, when they are such as are made here.
    static Optional<Claims> of(String part) {
        var object = parse(part);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        var user = text(object.get(), "username");
        var revision = number(object.get(), "revision", Double.NaN);
        var expires = number(object.get(), "exp", Double.POSITIVE_INFINITY);
        var notBefore = number(object.get(), "nbf", Double.NEGATIVE_INFINITY);
        boolean whole = user.isPresent() && !Double.isNaN(revision + expires) && !Double.isNaN(revision + notBefore);
        return whole ? Optional.of(new Claims(user.get(), (long) revision, expires, notBefore)) : Optional.empty();
    }

    boolean isValidAt(Instant now) {
        double seconds = now.toEpochMilli() / MILLIS;
        return seconds < expires && seconds >= notBefore;
    }

    private static Optional<JsonObject> parse(String part) {
        if (part.indexOf('=') >= 0) {
            return Optional.empty();
        }
        try {
            var json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
            var reader = new JsonReader(new StringReader(json));
            reader.setStrictness(Strictness.STRICT);
            return Optional.of(JsonParser.parseReader(reader))
                    .filter(JsonElement::isJsonObject)
                    .map(JsonElement::getAsJsonObject);
        } catch (IllegalArgumentException | JsonParseException noToken) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return primitive(object, name).filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString);
    }

    /// `absent` when there is no such field, not a number when it holds something else.
    private static double number(JsonObject object, String name, double absent) {
        if (!object.has(name)) {
            return absent;
        }
        return primitive(object, name)
                .filter(JsonPrimitive::isNumber)
                .map(JsonPrimitive::getAsDouble)
                .orElse(Double.NaN);
    }

    private static Optional<JsonPrimitive> primitive(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsJsonPrimitive);
    }
}
