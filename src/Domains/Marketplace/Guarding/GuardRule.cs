namespace Tradepost.Marketplace.Guarding;

/// <summary>The names of the guard's rules; docs/marketplace.md says what each looks at and when it speaks.</summary>
internal static class GuardRule
{
    public const string CounterFalls = "counter_falls";
    public const string CounterLeaps = "counter_leaps";
    public const string PriceNotPrinted = "price_not_printed";
    public const string ValueRepeated = "value_repeated";
    public const string FieldsContradict = "fields_contradict";
    public const string JumpAndBack = "jump_and_back";
    public const string CollectionMoved = "collection_moved";
    public const string DisagreesWithYesterday = "disagrees_with_yesterday";
    public const string MeaningChanged = "meaning_changed";
    public const string SameReading = "same_reading";
}
