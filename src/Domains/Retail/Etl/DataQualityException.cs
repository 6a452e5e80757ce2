using Tradepost.Arguments;
using Tradepost.Jobs;

namespace Tradepost.Retail.Etl;

/// <summary>The data are not fit to be published; the warehouse stays as it was. Trying again does not help.</summary>
internal sealed class DataQualityException : JobFailedException
{
    public const int Code = 4;

    public DataQualityException(string message)
        : base(message, Code) { }

    public DataQualityException(Sentence sentence)
        : base(sentence, Code) { }
}
