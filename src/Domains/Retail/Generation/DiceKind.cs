namespace Tradepost.Retail.Generation;

/// <summary>What dice are thrown for: entities with the same id get numbers of their own.</summary>
internal enum DiceKind
{
    Product = 1,
    Customer,
    Person,
    Employee,
    Account,
    OrderTime,
    Order,
    Basket,
    Fate,
    Dirt,
    Day,
    Move,
    PriceChange,
}
