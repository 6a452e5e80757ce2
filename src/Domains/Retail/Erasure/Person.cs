namespace Tradepost.Retail.Erasure;

/// <summary>The customers who are one person: their keys, their accounts, and every text that says who it is.</summary>
internal sealed class Person(IReadOnlyList<long> customers)
{
    private const int ShortestName = 5;
    private const int ShortestPhone = 7;

    private readonly HashSet<string> names = [];
    private readonly HashSet<string> addresses = [];
    private readonly HashSet<string> phones = [];

    public IReadOnlyList<long> Customers { get; } = customers;

    public HashSet<long> Users { get; } = [];

    /// <summary>Keys for SQL's IN.</summary>
    public string CustomerKeys => Keys(Customers);

    public string UserKeys => Users.Count == 0 ? "NULL" : Keys(Users);

    public void Add(string? name, string? email, string? phone)
    {
        if (name?.Trim() is { Length: > 0 } someName)
        {
            names.Add(someName);
        }

        // A former version's e-mail that was erased is a mark.
        if (email?.Trim() is { Length: > 0 } someEmail && !EmailMark.Is(someEmail))
        {
            addresses.Add(someEmail);
        }

        if (phone?.Trim() is { Length: > 0 } somePhone)
        {
            phones.Add(somePhone);
        }
    }

    /// <summary>
    /// What matches the person in any text, as a regular expression of either store; null when nothing is known that could. A name of
    /// one word says too little to be looked for everywhere.
    /// </summary>
    public string? Pattern()
    {
        List<string> parts =
        [
            .. addresses.Select(Escaped),
            .. names.Where(name => name.Length >= ShortestName && name.Contains(' ', StringComparison.Ordinal)).Select(Escaped),
            .. phones.Where(phone => phone.Count(char.IsAsciiDigit) >= ShortestPhone).Select(Escaped),
        ];
        return parts.Count == 0
            ? null
            : $"(^|[^A-Za-z0-9._%+-])(?:{string.Join('|', parts.OrderByDescending(part => part.Length))})($|[^A-Za-z0-9.-]|[.]$|[.][^A-Za-z0-9])";
    }

    private static string Keys(IEnumerable<long> keys) => string.Join(", ", keys.Select(key => key.ToString()));

    // Both engines take a mark behind a backslash as itself.
    private static string Escaped(string text) =>
        string.Concat(
            text.Select(letter =>
                char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) && letter != ' ' ? $"\\{letter}" : letter.ToString()
            )
        );
}
