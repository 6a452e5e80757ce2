using Mono.Cecil;
using Tradepost.Tests.Support;

namespace Tradepost.EndToEnd.Tests;

/// <summary>
/// Folders beside each other use each other in one direction, on every level of every project: read from what was compiled, where a folder is a
/// namespace. What lies in a folder itself is shared by the folders in it, and may use them.
/// </summary>
public sealed class FolderCyclesTests
{
    [Fact]
    public void No_folders_of_src_use_each_other_in_a_circle()
    {
        var programs = Directory.GetFiles(Path.GetDirectoryName(TestedProgram.Path)!, "Tradepost.*.dll");

        var uses = programs.SelectMany(Uses).Distinct().ToList();

        uses.ShouldContain(use => use.From == "Tradepost.Jobs.Workers" && use.To == "Tradepost.Jobs.Queue");
        Circles(uses).ShouldBeEmpty();
    }

    [Fact]
    public void A_circle_is_found_around_corners_and_named_by_its_uses()
    {
        Use[] uses =
        [
            new("T.A.Deep", "T.B", "T.A.Deep.One uses T.B.Two"),
            new("T.B", "T.C", "T.B.Two uses T.C.Three"),
            new("T.C", "T.A", "T.C.Three uses T.A.Four"),
            new("T.C", "T.D", "T.C.Three uses T.D.Five"),
            new("T.A", "T.A.Deep", "T.A.Four uses T.A.Deep.One"),
        ];

        Circles(uses).ShouldBe(["T.A.Deep.One uses T.B.Two", "T.B.Two uses T.C.Three", "T.C.Three uses T.A.Four"]);
        Circles(uses[..2]).ShouldBeEmpty();
    }

    /// <summary>The uses between folders beside each other that lead back to where they come from.</summary>
    private static List<string> Circles(IReadOnlyCollection<Use> uses)
    {
        var arrows = uses.Select(use => (Use: use, Arrow: Beside(use))).Where(each => each.Arrow is not null).ToList();
        var next = arrows.ToLookup(each => each.Arrow!.Value.From, each => each.Arrow!.Value.To);
        return [.. arrows.Where(each => Reaches(next, each.Arrow!.Value.To, each.Arrow.Value.From)).Select(each => each.Use.Text)];
    }

    /// <summary>The two folders of one parent that a use goes between; null when one of the two contains the other.</summary>
    private static (string From, string To)? Beside(Use use)
    {
        string[] from = use.From.Split('.'),
            to = use.To.Split('.');
        var shared = from.Zip(to).TakeWhile(pair => pair.First == pair.Second).Count();
        return shared == from.Length || shared == to.Length
            ? null
            : (string.Join('.', from[..(shared + 1)]), string.Join('.', to[..(shared + 1)]));
    }

    private static bool Reaches(ILookup<string, string> next, string start, string end)
    {
        var seen = new HashSet<string> { start };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var folder))
        {
            if (folder == end)
            {
                return true;
            }

            foreach (var further in next[folder].Where(seen.Add))
            {
                open.Enqueue(further);
            }
        }

        return false;
    }

    private static IEnumerable<Use> Uses(string program)
    {
        using var module = ModuleDefinition.ReadModule(program);
        return
        [
            .. module
                .GetTypes()
                .SelectMany(type => Used(type).Select(used => (By: Outermost(type), Of: Outermost(used))))
                .Where(pair => pair.Of.Scope == module && IsOurs(pair.By) && IsOurs(pair.Of) && pair.By.Namespace != pair.Of.Namespace)
                .Select(pair => new Use(pair.By.Namespace, pair.Of.Namespace, $"{pair.By.FullName} uses {pair.Of.FullName}")),
        ];
    }

    private static bool IsOurs(TypeReference type) => type.Namespace.StartsWith("Tradepost.", StringComparison.Ordinal);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> Used(TypeDefinition type) =>
        new[] { type.BaseType }
            .Concat(type.Interfaces.Select(each => each.InterfaceType))
            .Concat(type.CustomAttributes.Select(each => each.AttributeType))
            .Concat(type.Fields.Select(each => each.FieldType))
            .Concat(type.Methods.SelectMany(Used))
            .OfType<TypeReference>()
            .SelectMany(Parts);

    private static IEnumerable<TypeReference> Used(MethodDefinition method) =>
        method
            .Parameters.Select(each => each.ParameterType)
            .Append(method.ReturnType)
            .Concat(
                method.HasBody
                    ? method
                        .Body.Variables.Select(each => each.VariableType)
                        .Concat(method.Body.Instructions.SelectMany(each => Used(each.Operand)))
                    : []
            );

    private static IEnumerable<TypeReference> Used(object? operand) =>
        operand switch
        {
            GenericInstanceMethod method => [.. method.GenericArguments, method.DeclaringType, method.ReturnType],
            MethodReference method => [method.DeclaringType, method.ReturnType],
            FieldReference field => [field.DeclaringType, field.FieldType],
            TypeReference type => [type],
            _ => [],
        };

    /// <summary>A type, or what a list, array or reference of types is made of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            FunctionPointerType pointer => pointer
                .Parameters.Select(each => each.ParameterType)
                .Append(pointer.ReturnType)
                .SelectMany(Parts),
            TypeSpecification made => Parts(made.ElementType),
            GenericParameter => [],
            _ => [type],
        };

    private sealed record Use(string From, string To, string Text);
}
