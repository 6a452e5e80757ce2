using System.Globalization;

namespace Tradepost.Arguments;

/// <summary>
/// A sentence that names arguments as its reader spells them. A property in it, as in <c>{nameof(Options.MaxDeletes):argument}</c>, is
/// <c>--max-deletes</c> in a terminal and <c>max_deletes</c> in JSON; numbers and times have the invariant form.
/// </summary>
/// <param name="text">The sentence.</param>
public sealed class Sentence(FormattableString text)
{
    private static readonly Form Terminal = new(name => "--" + Spelling.Kebab(name));
    private static readonly Form Json = new(Spelling.Snake);

    /// <summary>For whoever sends JSON.</summary>
    public string InJson() => text.ToString(Json);

    /// <summary>For whoever sits at a terminal.</summary>
    public override string ToString() => text.ToString(Terminal);

    private string In(Form form) => text.ToString(form);

    private sealed class Form(Func<string, string> spell) : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) =>
            formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) =>
            arg switch
            {
                string name when format == "argument" => spell(name),
                Sentence part => part.In(this),
                IFormattable value => value.ToString(format, CultureInfo.InvariantCulture),
                _ => arg?.ToString() ?? "",
            };
    }
}
