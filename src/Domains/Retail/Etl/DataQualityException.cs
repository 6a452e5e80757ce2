using Tradepost.Jobs;

namespace Tradepost.Retail.Etl;

/// <summary>The data are not fit to be published; the warehouse stays as it was. Trying again does not help.</summary>
internal sealed class DataQualityException(string message) : JobFailedException(message, Code)
{
    public const int Code = 4;
}
