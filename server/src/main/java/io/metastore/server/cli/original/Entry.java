package io.metastore.server.cli.original;

import io.metastore.server.cli.text.Nearest;
import io.metastore.server.cli.text.UsageException;
import io.metastore.server.config.ConfigException;
import java.util.Optional;

/// A value of a key.
///
/// @param origin how messages call the place: `raft.node_role in node1.yaml`, `METASTORE_RAFT_NODE_ROLE`, `flag -join`
/// @param source who says so
record Entry(Key key, String value, String origin, Source source) {
    /// Who may say something, the strongest last.
    enum Source {
        NOBODY,
        FILE,
        VARIABLE,
        FLAG
    }

    static Entry initial(Key key) {
        return new Entry(key, key.initial(), key.path() + " (which nobody set)", Source.NOBODY);
    }

    boolean isSet() {
        return source != Source.NOBODY;
    }

    /// Whether the value is another one than if nobody had set it.
    boolean isChanged() {
        return isSet() && !key.kind().isSame(value, key.initial());
    }

    /// This entry, if its value is of its key's kind. What is refused anyway may be anything: passwords are not shown.
    ///
    /// @throws RuntimeException as `refused` tells
    Entry checked() {
        if (key.effect() == Key.Effect.ABSENT || key.kind().accepts(value)) {
            return this;
        }
        var hint = key.kind() instanceof Kind.Choice(var words, var _)
                ? Nearest.to(value, words).map(word -> " (did you mean " + word + "?)")
                : Optional.<String>empty();
        throw refused(key.path() + " " + key.kind().rule() + hint.orElse(""));
    }

    /// The error that says that this value is not allowed: of the command line if it stands there, else of the
    /// settings.
    RuntimeException refused(String rule) {
        return source == Source.FLAG
                ? new UsageException("invalid value \"" + value + "\" for " + origin + ": " + rule)
                : new ConfigException(rule + ": " + origin + " is \"" + value + "\"");
    }
}
