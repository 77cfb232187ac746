; The set-up for Windows: for one user, without an administrator.
;
; NSIS and not Inno Setup: makensis runs on Linux as well, so the same script is made and tried
; under Wine here and made on Windows by the release workflow.
;
; Command line (names in capitals, as NSIS has them):
;   /S              without a window; an upgrade restarts the program if it ran
;   /AUTOSTART=1|0  starts at login or not; without it an upgrade leaves it as it is
;   /D=FOLDER       where to (last, without quotes)
; The uninstaller: /S keeps the data; /DELETEDATA=1 deletes it.
; Exit codes: 0 well, 1 cancelled, 2 files could not be written, 4 the program is in use,
;   5 Claude Code's settings could not be given back, 6 this Windows is too old.
;
; Made by installers/windows/package.py, which defines: VERSION, QUAD, SOURCE (folder), OUTPUT,
; ICON, SIZE_KB, HOME_PAGE and SIGN where there are such, and QUICK for one that is only tried.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
RequestExecutionLevel user

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include StrFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include Sections.nsh
${UnStrStr}

!define NAME "QCC Desktop"
!define PROGRAM "qcc-desktop.exe"
!define TRAY "qcc-desktopw.exe"
!define PARTS "_internal"
!define FORMER "former"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define RUN_ONCE "Software\Microsoft\Windows\CurrentVersion\RunOnce"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define NOT_RUNNING 3
!define LOOKS 20

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${QUAD}"
VIFileVersion "${QUAD}"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

Var WasRunning
Var Autostart

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${TRAY}"

!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include words.nsh

!macro VERSION_WORDS LANG
  VIAddVersionKey /LANG=${LANG} "ProductName" "${NAME}"
  VIAddVersionKey /LANG=${LANG} "FileDescription" "${NAME}"
  VIAddVersionKey /LANG=${LANG} "CompanyName" "QCC Desktop contributors"
  VIAddVersionKey /LANG=${LANG} "LegalCopyright" "MIT licence"
  VIAddVersionKey /LANG=${LANG} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG} "ProductVersion" "${VERSION}"
!macroend
!insertmacro VERSION_WORDS ${LANG_ENGLISH}
!insertmacro VERSION_WORDS ${LANG_SIMPCHINESE}

; Gives up with an exit code.
!macro END_WITH CODE
  SetErrorLevel ${CODE}
  Quit
!macroend
!define EndWith "!insertmacro END_WITH"

; Asks the installed program to finish its answers and end; $WasRunning tells whether it did.
!macro STOP_PROGRAM
  StrCpy $WasRunning 0
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    DetailPrint "$(STOPPING)"
    nsExec::ExecToStack '"$INSTDIR\${PROGRAM}" stop'
    Pop $0
    Pop $1
    ${If} $0 == 0
      StrCpy $WasRunning 1
    ${EndIf}
  ${EndIf}
!macroend

; Sets the error flag when a program is in use: Windows lets nobody write to it then.
!macro TRY_TO_WRITE FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    FileOpen $4 "$INSTDIR\${FILE}" a
    FileClose $4
  ${EndIf}
!macroend

!macro MOVE FROM TO
  Rename "$INSTDIR\${FROM}${PROGRAM}" "$INSTDIR\${TO}${PROGRAM}"
  Rename "$INSTDIR\${FROM}${TRAY}" "$INSTDIR\${TO}${TRAY}"
!macroend

!macro PUT_BACK
  !insertmacro MOVE "${FORMER}\" ""
  Rename "$INSTDIR\${FORMER}" "$INSTDIR\${PARTS}"
!macroend

; Puts program and parts aside, which Windows allows only when nobody uses any of them: nothing is
; changed while a Claude Code that was opened by this program still runs.
!macro PUT_ASIDE UN
  StrCpy $2 0
  ${Do}
    RMDir /r "$INSTDIR\${FORMER}"
    ${IfNot} ${FileExists} "$INSTDIR\${PARTS}\*.*"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    !insertmacro TRY_TO_WRITE "${PROGRAM}"
    !insertmacro TRY_TO_WRITE "${TRAY}"
    ${IfNot} ${Errors}
      Rename "$INSTDIR\${PARTS}" "$INSTDIR\${FORMER}"
      ${IfNot} ${Errors}
        !insertmacro MOVE "" "${FORMER}\"
        ${ExitDo}
      ${EndIf}
    ${EndIf}
    IntOp $2 $2 + 1
    ${If} $2 < ${LOOKS}
      Sleep 500
    ${Else}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDCANCEL IDRETRY ${UN}again
      ${If} $WasRunning == 1
        Exec '"$INSTDIR\${TRAY}" --hidden'
      ${EndIf}
      ${EndWith} 4
      ${UN}again:
      StrCpy $2 0
    ${EndIf}
  ${Loop}
!macroend

!macro LOOK_WHETHER_AUTOSTART
  StrCpy $Autostart 0
  ReadRegStr $0 HKCU "${RUN}" "${NAME}"
  ${If} $0 != ""
    StrCpy $Autostart 1
  ${EndIf}
!macroend

Section "${NAME}" SecProgram
  SectionIn RO
  SetShellVarContext current
  !insertmacro STOP_PROGRAM
  !insertmacro PUT_ASIDE ""
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\${PARTS}"
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\${TRAY}"
    !insertmacro PUT_BACK
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_WRITTEN)" /SD IDOK
    ${EndWith} 2
  ${EndIf}
  RMDir /r "$INSTDIR\${FORMER}"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${TRAY}" "" "$INSTDIR\${TRAY}" 0
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${TRAY},0"
  WriteRegStr HKCU "${KEY}" "Publisher" "QCC Desktop contributors"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  !ifdef HOME_PAGE
    WriteRegStr HKCU "${KEY}" "URLInfoAbout" "${HOME_PAGE}"
  !endif
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegStr HKCU "${PATHS}" "" "$INSTDIR\${PROGRAM}"
SectionEnd

Section /o "$(AUTOSTART)" SecAutostart
SectionEnd

Section -After
  !insertmacro LOOK_WHETHER_AUTOSTART
  ${If} ${SectionIsSelected} ${SecAutostart}
    nsExec::Exec '"$INSTDIR\${PROGRAM}" autostart on'
    Pop $0
  ${ElseIf} $Autostart == 1
    nsExec::Exec '"$INSTDIR\${PROGRAM}" autostart off'
    Pop $0
  ${EndIf}
  ${If} $WasRunning == 1
    Exec '"$INSTDIR\${TRAY}" --hidden'
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecAutostart} "$(ABOUT_AUTOSTART)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    ${EndWith} 6
  ${EndIf}
  !insertmacro LOOK_WHETHER_AUTOSTART
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/AUTOSTART=" $0
  ${IfNot} ${Errors}
    StrCpy $Autostart $0
  ${EndIf}
  ${If} $Autostart == 1
    !insertmacro SelectSection ${SecAutostart}
  ${EndIf}
FunctionEnd

Section un.Program
  SetShellVarContext current
  give_back:
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    DetailPrint "$(GIVING_BACK)"
    nsExec::ExecToStack '"$INSTDIR\${PROGRAM}" restore'
    Pop $0
    Pop $1
    ${If} $0 != 0
      MessageBox MB_ABORTRETRYIGNORE|MB_ICONEXCLAMATION "$(NOT_GIVEN_BACK)$\r$\n$\r$\n$1" \
        /SD IDABORT IDRETRY give_back IDIGNORE ignored
      ${EndWith} 5
      ignored:
    ${EndIf}
  ${EndIf}
  !insertmacro STOP_PROGRAM
  StrCpy $3 0
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/DELETEDATA=" $3
  ${If} ${Errors}
    StrCpy $3 0
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DELETE_DATA)" /SD IDNO IDNO kept
    StrCpy $3 1
    kept:
  ${EndIf}
  ${If} $3 == 1
    nsExec::ExecToStack '"$INSTDIR\${PROGRAM}" erase --yes'
    Pop $0
    Pop $1
  ${EndIf}
  !insertmacro PUT_ASIDE un
  ; An entry of another copy of the program, a portable one, is none of ours.
  ReadRegStr $0 HKCU "${RUN}" "${NAME}"
  ${UnStrStr} $1 "$0" "$INSTDIR\"
  ${If} $1 != ""
    DeleteRegValue HKCU "${RUN}" "${NAME}"
    DeleteRegValue HKCU "${APPROVED}" "${NAME}"
  ${EndIf}
  DeleteRegValue HKCU "${RUN_ONCE}" "${NAME} update"
  DeleteRegKey HKCU "${PATHS}"
  DeleteRegKey HKCU "${KEY}"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  RMDir /r "$INSTDIR\${FORMER}"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
