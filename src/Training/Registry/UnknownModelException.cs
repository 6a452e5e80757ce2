using Tradepost.Storage.Failures;

namespace Tradepost.Training.Registry;

/// <summary>There is no such model, or no such version of it.</summary>
public sealed class UnknownModelException : ForeseenException
{
    /// <summary>There is no such model, or no such version of it.</summary>
    public UnknownModelException(string model)
        : base(FailureKind.NotFound, $"There is no model \"{model}\".") { }

    /// <summary>There is no such model, or no such version of it.</summary>
    public UnknownModelException(string model, int version)
        : base(FailureKind.NotFound, $"There is no version {version} of {model}.") { }
}
