package io.metastore.server.cli.original;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Where log lines go. A file is rotated as the original's are.
final class Logging {
    private static final String OUTPUTS = "log.output_paths";
    private static final Set<String> STREAMS = Set.of("stdout", "stderr");
    private static final String ROTATION = "{\"maxsize\": 100, \"maxage\": 7, \"maxbackups\": 10}";

    private Logging() {}

    /// @throws RuntimeException when there is no output, or more files than one
    static List<Assignment> assignments(Values values) {
        var outputs = values.texts(OUTPUTS);
        var files = outputs.stream().filter(output -> !STREAMS.contains(output)).toList();
        if (outputs.isEmpty() || files.size() > 1) {
            throw values.entry(OUTPUTS).refused(OUTPUTS + " must be stdout, stderr or one file, or several of these");
        }
        var assignments = new ArrayList<Assignment>();
        assignments.add(values.assign("log-outputs", String.join(",", outputs), OUTPUTS));
        if (!files.isEmpty()) {
            assignments.add(values.assign("enable-log-rotation", "true", OUTPUTS));
            assignments.add(values.assign("log-rotation-config-json", ROTATION, OUTPUTS));
        }
        return assignments;
    }
}
