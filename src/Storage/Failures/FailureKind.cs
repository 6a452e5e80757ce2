namespace Tradepost.Storage.Failures;

/// <summary>What kind of thing went wrong: the application turns it into an exit code and the status of an answer.</summary>
public enum FailureKind
{
    /// <summary>The work could not be done, whoever asked and however.</summary>
    Failed,

    /// <summary>What was given has a form or a value that cannot be used.</summary>
    WrongValue,

    /// <summary>A setting of the program cannot be used.</summary>
    WrongSetting,

    /// <summary>The name is none of a fixed list.</summary>
    WrongName,

    /// <summary>There is no such thing, or no longer.</summary>
    NotFound,

    /// <summary>What there is stands against it.</summary>
    Conflict,

    /// <summary>Whoever asks may not.</summary>
    NotAllowed,

    /// <summary>It would take more than may be taken.</summary>
    TooMuch,

    /// <summary>A source cannot be read.</summary>
    SourceUnavailable,

    /// <summary>The store cannot be reached.</summary>
    StoreUnavailable,

    /// <summary>The store was reached and its work failed; a full disk behind that is the better reason.</summary>
    StoreFailed,
}
