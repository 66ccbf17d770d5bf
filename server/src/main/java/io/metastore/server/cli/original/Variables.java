package io.metastore.server.cli.original;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What the environment says in the original's form.
///
/// @param warnings of variables that mean nothing
record Variables(List<Entry> entries, List<String> warnings) {
    /// They are the launcher's.
    private static final Set<String> OTHERS = Set.of("METASTORE_JAVA_OPTS");

    /// Kubernetes puts these into every container, for each service of the namespace, and one may well be named
    /// `metastore`: METASTORE_SERVICE_HOST, METASTORE_PORT, METASTORE_PORT_2379_TCP_ADDR.
    private static final Pattern OF_KUBERNETES = Pattern.compile(
            "METASTORE_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

    static Variables read(KeyTable table, Map<String, String> environment) {
        var entries = new ArrayList<Entry>();
        var warnings = new ArrayList<String>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (!name.startsWith(Key.VARIABLE_PREFIX) || value.isEmpty() || OTHERS.contains(name)) {
                return;
            }
            var key = table.byVariable(name);
            if (key.isPresent()) {
                entries.add(new Entry(key.get(), value, name, Entry.Source.VARIABLE).checked());
            } else if (!OF_KUBERNETES.matcher(name).matches()) {
                warnings.add("unrecognized environment variable " + name + table.hintOfVariable(name));
            }
        });
        return new Variables(entries, warnings);
    }
}
