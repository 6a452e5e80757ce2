namespace Tradepost.Marketplace.Sales.Market;

/// <summary>What stands for the units of an elasticity.</summary>
public enum ElasticitySource
{
    /// <summary>Known sales, each beside the mean price of its days.</summary>
    KnownSales,

    /// <summary>New reviews of spells of four weeks or more at one price, without the first two.</summary>
    Reviews,
}
