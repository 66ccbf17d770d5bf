package io.metastore.server.cli.original;

import io.metastore.server.cli.original.Key.Effect;
import io.metastore.server.cli.text.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The configuration of the original MetaStore, said with etcd's flags. A flag wins over a variable, a variable over
/// the file, the file over what is there initially.
///
///     raft.tick_interval: 50ms, raft.election_tick: 20   →   election-timeout 1000, heartbeat-interval 50
///     member_id: 2, cluster: http://a:1,http://b:2       →   name member-2, initial-advertise-peer-urls http://b:2,
/// ...
public final class OriginalForm {
    /// Read when no file is named, if it is there.
    public static final Path USUAL_FILE = Path.of("configs", "metastore.yaml");

    private final KeyTable table = new KeyTable();
    private final Variables variables;

    /// @param environment only variables that begin with `METASTORE_` are looked at
    /// @throws RuntimeException when the value of one is not allowed
    public OriginalForm(Map<String, String> environment) {
        variables = Variables.read(table, environment);
    }

    /// The names of all flags that this form knows, some of which etcd has too.
    public static Set<String> flags() {
        return FlagNames.all();
    }

    /// Whether a file is in this form.
    public static boolean isFile(YamlFile file) {
        return file.keys().containsKey(OriginalForm.root());
    }

    /// The key below which everything stands.
    public static String root() {
        return OriginalFile.ROOT;
    }

    /// Variables that set something.
    public List<String> variables() {
        return variables.entries().stream().map(Entry::origin).toList();
    }

    /// Of variables that set nothing.
    public List<String> warnings() {
        return variables.warnings();
    }

    /// Everything that is said in this form, and what nobody said.
    ///
    /// @param flags those that are given, by their names
    /// @throws io.metastore.server.config.ConfigException when settings are not allowed, alone or together
    /// @throws io.metastore.server.cli.text.UsageException when those are flags
    public Translated translate(Optional<YamlFile> file, Map<String, String> flags) {
        var entries = new ArrayList<Entry>();
        file.ifPresent(found -> entries.addAll(OriginalFile.read(table, found)));
        entries.addAll(variables.entries());
        entries.addAll(FlagNames.read(table, flags));
        var values = new Values(table, entries);
        if (file.isPresent()) {
            Founders.require(values);
        }
        var limits = new Limits(values);
        limits.refuse();
        limits.checkMessageSize();
        limits.checkBatches();
        var warnings = new ArrayList<String>();
        warnings.addAll(shadowed(values));
        warnings.addAll(limits.warnings());
        Retention.warning(values).ifPresent(warnings::add);
        return new Translated(assignments(values), warnings);
    }

    private List<Assignment> assignments(Values values) {
        var assignments = new ArrayList<Assignment>();
        var founders = new Founders(values);
        assignments.addAll(founders.assignments());
        assignments.addAll(new Places(values, founders.own()).assignments());
        assignments.addAll(Timing.assignments(values));
        assignments.addAll(Logging.assignments(values));
        assignments.addAll(Retention.assignments(values));
        assignments.addAll(Security.assignments(values));
        values.all().stream()
                .filter(entry -> entry.key().effect() == Effect.HANDED_ON)
                .filter(entry -> !entry.value().isEmpty())
                .forEach(entry -> assignments.add(values.assign(
                        entry.key().note(), entry.value(), entry.key().path())));
        return assignments;
    }

    private List<String> shadowed(Values values) {
        return variables.entries().stream()
                .filter(entry -> values.entry(entry.key().path()).source() == Entry.Source.FLAG)
                .map(entry -> "environment variable " + entry.origin() + " is shadowed by "
                        + values.entry(entry.key().path()).origin())
                .toList();
    }
}
