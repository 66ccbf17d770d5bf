package io.metastore.server.cli.text;

import io.metastore.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// A configuration file in YAML, of either form.
///
/// @param keys what its lines say; a key without a value has null for one
public record YamlFile(Path path, Map<?, ?> keys) {
    private static final long MAX_BYTES = 1 << 20;

    /// Reads a file in which the last of two equal keys counts, as in etcd. An empty one has no keys.
    ///
    /// @throws ConfigException when it cannot be read, or holds no keys
    public static YamlFile read(Path path) {
        return read(path, true);
    }

    /// Reads a file in which a key may stand once only.
    ///
    /// @throws ConfigException when it cannot be read, or holds no keys
    public static YamlFile readStrictly(Path path) {
        return read(path, false);
    }

    private static YamlFile read(Path path, boolean allowDuplicates) {
        var rules = LoadSettings.builder()
                .setLabel(path.toString())
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(allowDuplicates)
                .build();
        try {
            return switch (new Load(rules).loadFromString(text(path))) {
                case null -> new YamlFile(path, Map.of());
                case Map<?, ?> keys -> new YamlFile(path, keys);
                case Object _ -> throw refused(path, "it must hold lines like \"name: m1\"");
            };
        } catch (YamlEngineException e) {
            throw refused(path, "it is not valid YAML: " + e.getMessage());
        }
    }

    private static String text(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw refused(path, "it is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw refused(path, Files.exists(path) ? "it cannot be read: " + e.getMessage() : "no such file");
        }
    }

    /// An error of this file.
    public ConfigException refused(String reason) {
        return refused(path, reason);
    }

    private static ConfigException refused(Path path, String reason) {
        return new ConfigException("config file " + path + ": " + reason);
    }
}
