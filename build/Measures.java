import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Prints the sizes of files and methods beside their targets, so that drift is seen. Run from the repository's root:
/// `java build/Measures.java`. The hard limits are checked by the build itself; this never fails.
void main() throws IOException {
    var main = sources("src/main/java");
    var tests = sources("src/test/java");
    var mainLines = lines(main);
    var testLines = lines(tests);
    var methods = methodLengths(main);

    print("measure", "median", "90 %", "max", "of", "target");
    print("file length", mainLines, "median <= 90, 90 % <= 250, max 400");
    print("method length", methods, "median <= 5, 90 % <= 18, max 60");
    print("test file length", testLines, "max 400");
    double ratio = (double) sum(testLines) / Math.max(1, sum(mainLines));
    IO.println("test lines : main lines   %.2f   (%d : %d)   target >= 1.2".formatted(ratio, sum(testLines), sum(mainLines)));
}

/// Java files of all modules, generated ones left out.
List<Path> sources(String folder) throws IOException {
    try (Stream<Path> paths = Files.walk(Path.of(""))) {
        return paths.filter(path -> path.toString().endsWith(".java"))
                .filter(path -> path.toString().contains(folder) && !path.toString().contains("target/"))
                .sorted()
                .toList();
    }
}

List<Integer> lines(List<Path> files) throws IOException {
    var lengths = new ArrayList<Integer>();
    for (var file : files) {
        lengths.add(Files.readAllLines(file).size());
    }
    return lengths;
}

/// Lines of each method's body, braces included.
List<Integer> methodLengths(List<Path> files) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var lengths = new ArrayList<Integer>();
    try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
        var task = (JavacTask) compiler.getTask(null, manager, _ -> {}, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
        var positions = Trees.instance(task).getSourcePositions();
        for (var unit : task.parse()) {
            LineMap lineMap = unit.getLineMap();
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void unused) {
                    var body = method.getBody();
                    if (body != null) {
                        long first = lineMap.getLineNumber(positions.getStartPosition(unit, body));
                        long last = lineMap.getLineNumber(positions.getEndPosition(unit, body));
                        lengths.add((int) (last - first + 1));
                    }
                    return super.visitMethod(method, unused);
                }
            }.scan(unit, null);
        }
    }
    return lengths;
}

long sum(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).sum();
}

void print(String name, List<Integer> values, String target) {
    var sorted = values.stream().sorted().toList();
    print(name, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 1), String.valueOf(sorted.size()), target);
}

String at(List<Integer> sorted, double share) {
    return sorted.isEmpty() ? "-" : String.valueOf(sorted.get((int) Math.ceil(share * (sorted.size() - 1))));
}

void print(String name, String median, String ninetieth, String max, String of, String target) {
    IO.println("%-18s %7s %7s %7s %7s   %s".formatted(name, median, ninetieth, max, of, target));
}
