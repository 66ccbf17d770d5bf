package io.metastore.server.cli;

import io.metastore.server.cli.original.Assignment;
import io.metastore.server.cli.original.OriginalForm;
import io.metastore.server.cli.text.YamlFile;
import io.metastore.server.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Two forms say how a member is configured: etcd's and the original's. The original's is turned into etcd's, which may
/// add what the original has no word for. What both say is refused, since neither can know better.
final class Forms {
    /// The file of either form, as etcd names it.
    private static final String EITHER = "config-file";

    /// The file of the original's form.
    private static final String ORIGINAL = "config";

    private final FlagTable table;
    private final SequencedMap<String, Given> given;
    private final OriginalForm original;

    /// @param given by flags of both forms, and by etcd's variables
    Forms(FlagTable table, SequencedMap<String, Given> given, OriginalForm original) {
        this.table = table;
        this.given = given;
        this.original = original;
    }

    /// All settings, in etcd's form and in the order in which they were given: warnings keep it.
    ///
    /// @param isFileAlone whether a file took the place of everything else
    record Settled(SequencedMap<String, Given> settings, List<String> warnings, boolean isFileAlone) {
        Settled {
            settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
            warnings = List.copyOf(warnings);
        }
    }

    /// @param usualFile read when no file is named, if it is there and nothing is said in etcd's form
    /// @throws RuntimeException when settings are not allowed, alone or together
    Settled settle(Path usualFile) {
        var file = file(usualFile);
        if (file.isPresent() && !OriginalForm.isFile(file.get())) {
            return fileAlone(file.get());
        }
        if (file.isPresent() || ofOriginalOnly().findAny().isPresent()) {
            return translated(file);
        }
        return new Settled(given, original.warnings(), false);
    }

    private Optional<YamlFile> file(Path usualFile) {
        if (isNamed(EITHER) && isNamed(ORIGINAL)) {
            throw new ConfigException(
                    origin(ORIGINAL) + " and " + origin(EITHER) + " both name a file: give one of them");
        }
        if (isNamed(EITHER) || isNamed(ORIGINAL)) {
            return Optional.of(YamlFile.read(Path.of(value(isNamed(EITHER) ? EITHER : ORIGINAL))));
        }
        boolean isEtcds = given.values().stream()
                .anyMatch(
                        one -> !one.isByFlag() || (one.flag().standing() != Flag.Standing.ORIGINAL && !isShared(one)));
        return isEtcds || !Files.isRegularFile(usualFile) ? Optional.empty() : Optional.of(YamlFile.read(usualFile));
    }

    /// As in etcd.
    private Settled fileAlone(YamlFile file) {
        if (isNamed(ORIGINAL)) {
            throw file.refused("it has no key " + OriginalForm.root() + ", so it is not in the original's form that "
                    + origin(ORIGINAL) + " is for; a file in etcd's form is named by --" + EITHER);
        }
        ofOriginalOnly().findFirst().ifPresent(setting -> {
            throw new ConfigException(setting + " is of the original's form, and " + file.path()
                    + " is in etcd's form, which takes the place of all other settings: use one form");
        });
        var contents = ConfigFile.read(table, file);
        var warnings = new ArrayList<String>();
        warnings.add("loaded server configuration from " + file.path()
                + ", other configuration command line flags and environment variables will be ignored if provided");
        warnings.addAll(contents.warnings());
        warnings.addAll(original.warnings());
        return new Settled(contents.settings(), warnings, true);
    }

    private Settled translated(Optional<YamlFile> file) {
        var settings = new LinkedHashMap<>(given);
        var flags = new LinkedHashMap<String, String>();
        given.values().stream().filter(one -> one.isByFlag() && isShared(one)).forEach(one -> {
            flags.put(one.flag().name(), one.value());
            settings.remove(one.flag().name());
        });
        settings.remove(ORIGINAL);
        var warnings = new ArrayList<String>();
        file.ifPresent(found -> warnings.add(
                "loaded server configuration from " + found.path() + "; flags and environment variables win over it"));
        var said = original.translate(file, flags);
        said.assignments().forEach(assignment -> assign(settings, assignment));
        warnings.addAll(said.warnings());
        warnings.addAll(original.warnings());
        return new Settled(settings, warnings, false);
    }

    private void assign(Map<String, Given> settings, Assignment one) {
        var flag = table.find(one.flag()).orElseThrow(() -> new IllegalStateException("no flag " + one.flag()));
        var other = settings.get(flag.name());
        if (other == null) {
            settings.put(flag.name(), new Given(flag, one.value(), one.origin()));
        } else if (one.isFirm()) {
            throw new ConfigException(other.origin() + " and " + one.origin() + " both say what --" + flag.name()
                    + " is, in etcd's form and in the original's: give one of them");
        }
    }

    /// What nobody would say who does not mean the original's form, as messages call it.
    private Stream<String> ofOriginalOnly() {
        return Stream.concat(
                given.values().stream()
                        .filter(one -> one.flag().standing() == Flag.Standing.ORIGINAL)
                        .map(Given::origin),
                original.variables().stream());
    }

    /// Whether the original has this flag, too.
    private static boolean isShared(Given one) {
        return OriginalForm.flags().contains(one.flag().name());
    }

    private boolean isNamed(String flag) {
        return !value(flag).isEmpty();
    }

    private String value(String flag) {
        var one = given.get(flag);
        return one == null ? "" : one.value();
    }

    private String origin(String flag) {
        var one = given.get(flag);
        return one == null ? "" : one.origin();
    }
}
