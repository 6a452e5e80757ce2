namespace Tradepost.Retail.Erasure;

/// <summary>What was erased, and what was not.</summary>
/// <param name="ErasedAt">When, UTC.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Customers">The keys of the customers, who stay as numbers behind their orders.</param>
/// <param name="Changed">Rows that were changed in all.</param>
/// <param name="Places">Every place that was looked at, and how many rows of it were changed.</param>
/// <param name="Searched">Columns of texts that were searched afterwards.</param>
/// <param name="Found">How often the person's name, e-mail or phone was still found in them: 0.</param>
/// <param name="OthersOfThatName">Rows that are about other people who share the name; they stay.</param>
/// <param name="OutOfReach">Where the person may still be, and what to do there.</param>
public sealed record EraseReceipt(
    DateTime ErasedAt,
    string By,
    IReadOnlyList<long> Customers,
    long Changed,
    IReadOnlyList<ErasedPlace> Places,
    int Searched,
    long Found,
    long OthersOfThatName,
    IReadOnlyList<string> OutOfReach
);
