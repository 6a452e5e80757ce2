namespace Tradepost.Marketplace.Sales.Market;

/// <summary>Why there is not enough data for a figure.</summary>
public enum MarketReason
{
    /// <summary>No product of the part has an estimate.</summary>
    NoEstimate,

    /// <summary>There are no estimates of about 30 days before; <c>marketplace sales --day</c> makes them.</summary>
    NoEstimateBefore,

    /// <summary>The marketplace has not been watched for longer than the window, so that every product would be new.</summary>
    NotWatchedBefore,

    /// <summary>Fewer products than an interval needs.</summary>
    TooFewProducts,

    /// <summary>The price of too few products changed by 5 percent or more while their sales were known.</summary>
    PricesHardlyMoved,

    /// <summary>Of the products whose prices moved too little was sold.</summary>
    TooFewSales,

    /// <summary>The interval would be so wide that it says nothing.</summary>
    IntervalTooWide,
}
