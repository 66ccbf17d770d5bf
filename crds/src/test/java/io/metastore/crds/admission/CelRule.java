package io.metastore.crds.admission;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;

/// One compiled rule. Variables have no types here, so a misspelt field is found only by an example that reaches it.
///
/// Of the functions that Kubernetes adds to CEL it knows `quantity` and `compareTo`.
final class CelRule {
    private static final OpaqueType QUANTITY = OpaqueType.create("quantity");

    private static final Cel CEL = CelFactory.standardCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .addVar("oldSelf", SimpleType.DYN)
            .addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                            "quantity",
                            CelOverloadDecl.newGlobalOverload("quantity_of_text", QUANTITY, SimpleType.STRING)),
                    CelFunctionDecl.newFunctionDeclaration(
                            "compareTo",
                            CelOverloadDecl.newMemberOverload(
                                    "quantity_compare_to", SimpleType.INT, QUANTITY, QUANTITY)))
            .addFunctionBindings(
                    CelFunctionBinding.from("quantity_of_text", String.class, CelRule::amount),
                    CelFunctionBinding.from("quantity_compare_to", BigDecimal.class, BigDecimal.class, (left, right) ->
                            (long) left.compareTo(right)))
            .build();

    private final String text;
    private final CelRuntime.Program program;

    private CelRule(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /// @throws IllegalArgumentException when the text is not CEL
    static CelRule compile(String text) {
        try {
            return new CelRule(text, CEL.createProgram(CEL.compile(text).getAst()));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException("not CEL: " + text, e);
        }
    }

    /// Whether it is about a change, and so does not run when something is created. The API server tells it by the
    /// variable's name as well.
    boolean isAboutChange() {
        return text.contains("oldSelf");
    }

    boolean accepts(Object self, Object oldSelf) {
        try {
            return (Boolean) program.eval(Map.of("self", self, "oldSelf", oldSelf));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("cannot evaluate " + text + " on " + self, e);
        }
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity));
    }
}
